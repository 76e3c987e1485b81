# The program again, with a driver and a main of its own that end it at a given step; never installed.
EXTRA_PROGRAMS += tests/crash/seinpost-crash
CLEANFILES += tests/crash/seinpost-crash$(EXEEXT)
tests_crash_seinpost_crash_CPPFLAGS = $(seinpost_CPPFLAGS)
tests_crash_seinpost_crash_SOURCES = tests/crash/crash_main.c src/sql/sql_fault.c src/sql/sql_fault.h $(CLI_SOURCES)
tests_crash_seinpost_crash_LDADD = $(seinpost_LDADD)

CRASH_TESTS = tests/crash/clock.py tests/crash/every_step.py tests/crash/kill_storm.py tests/crash/store_trouble.py
SENDING_TESTS = tests/e2e/far_sides.py tests/e2e/ledger.py tests/e2e/more_findings.py tests/e2e/progress.py \
	tests/e2e/routes.py tests/e2e/telephone.py
if !SANITIZERS
TESTS += $(CRASH_TESTS) $(SENDING_TESTS)
endif
tests/crash/clock.log tests/crash/every_step.log: tests/crash/seinpost-crash$(EXEEXT)
$(CRASH_TESTS:.py=.log) $(SENDING_TESTS:.py=.log): seinpost$(EXEEXT) tests/lib/sending.py tests/lib/smtp_peer.py
EXTRA_DIST += $(CRASH_TESTS) $(SENDING_TESTS) tests/lib/sending.py
