# The real binary in a scratch directory.
TESTS += tests/cli/lists.sh
EXTRA_DIST += tests/cli/lists.sh
