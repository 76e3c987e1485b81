# The real binary in a scratch directory.
TESTS += tests/cli/key.sh tests/cli/lists.sh
EXTRA_DIST += tests/cli/key.sh tests/cli/lists.sh
