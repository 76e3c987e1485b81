# The real binary in a scratch directory.
TESTS += tests/cli/key.sh tests/cli/intake.py tests/cli/lists.sh tests/cli/mbox.py tests/cli/operations.py tests/cli/rendered.py tests/cli/signed.py
EXTRA_DIST += tests/cli/key.sh tests/cli/intake.py tests/cli/lists.sh tests/cli/mbox.py tests/cli/operations.py tests/cli/rendered.py tests/cli/signed.py
TESTS += tests/cli/doctor.py tests/cli/mistakes.py
EXTRA_DIST += tests/cli/doctor.py tests/cli/mistakes.py
