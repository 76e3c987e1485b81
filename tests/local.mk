# Unit tests print TAP through cmocka; shell and Python tests print it themselves.  Exit 77 is a skip.
TEST_EXTENSIONS = .test .sh .py
TAP_DRIVER = env AM_TAP_AWK='$(AWK)' CMOCKA_MESSAGE_OUTPUT=TAP $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
TEST_LOG_DRIVER = $(TAP_DRIVER)
SH_LOG_DRIVER = $(TAP_DRIVER)
PY_LOG_DRIVER = $(TAP_DRIVER)
PY_LOG_COMPILER = $(PYTHON3)
SH_LOG_COMPILER = $(SHELL)
AM_TESTS_ENVIRONMENT = \
	top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
	top_builddir='$(abs_top_builddir)'; export top_builddir; \
	SEINPOST_SHARED="$${SEINPOST_SHARED:-$(abs_top_srcdir)/../shared}"; export SEINPOST_SHARED; \
	PYTHON3='$(PYTHON3)'; export PYTHON3;
EXTRA_DIST += build-aux/tap-driver.sh

TEST_CPPFLAGS = -iquote $(srcdir)/tests/lib $(CMOCKA_CFLAGS)
TEST_LIBS = $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/test_base.test
tests_unit_test_base_test_SOURCES = tests/unit/test_base.c tests/lib/test.h
tests_unit_test_base_test_CPPFLAGS = $(LAYER_BASE) $(TEST_CPPFLAGS)
tests_unit_test_base_test_LDADD = libbase.a $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_model.test
tests_unit_test_model_test_SOURCES = tests/unit/test_model.c
tests_unit_test_model_test_CPPFLAGS = $(LAYER_MODEL) $(TEST_CPPFLAGS)
tests_unit_test_model_test_LDADD = libmodel.a libbase.a $(TEST_LIBS)

TESTS += $(check_PROGRAMS)

# A fuzz target replays its seeds in "make check"; with --enable-fuzzers it is a libFuzzer program too.
FUZZ_REPLAY = tests/fuzz/replay.c
FUZZ_CPPFLAGS = -iquote $(srcdir)/tests/lib
EXTRA_DIST += tests/fuzz/seeds tests/fuzz/dict tests/fuzz/fuzz.sh
# libFuzzer in a build folder of its own: make fuzz FUZZ_SECONDS=60 [FUZZ_TARGETS="classify dsn"]
FUZZ_SECONDS = 60
FUZZ_TARGETS =
fuzz:
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' FUZZ_SECONDS='$(FUZZ_SECONDS)' \
		FUZZ_TARGETS='$(FUZZ_TARGETS)' $(SHELL) $(srcdir)/tests/fuzz/fuzz.sh
.PHONY: fuzz
include tests/e2e/local.mk
