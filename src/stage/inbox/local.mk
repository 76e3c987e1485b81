LAYER_INBOX = $(LAYER_MODEL) -iquote $(S)/stage/inbox
noinst_LIBRARIES += libinbox.a
libinbox_a_CPPFLAGS = $(LAYER_INBOX) $(GNUTLS_CFLAGS)
libinbox_a_SOURCES = \
	src/stage/inbox/inbox.c src/stage/inbox/inbox.h \
	src/stage/inbox/inbox_driver.h \
	src/stage/inbox/inbox_guard.c src/stage/inbox/inbox_guard.h \
	src/stage/inbox/inbox_imap.c \
	src/stage/inbox/inbox_maildir.c \
	src/stage/inbox/inbox_mailstream.c src/stage/inbox/inbox_mailstream.h \
	src/stage/inbox/inbox_mbox.c \
	src/stage/inbox/inbox_pop3.c \
	src/stage/inbox/inbox_stream.c src/stage/inbox/inbox_stream.h \
	src/stage/inbox/inbox_tls.c src/stage/inbox/inbox_tls.h
INBOX_LIBS = libinbox.a $(ETPAN_LIBS) $(GNUTLS_LIBS)

EXTRA_PROGRAMS += tests/lib/inbox_dump
tests_lib_inbox_dump_SOURCES = tests/lib/inbox_dump.c
tests_lib_inbox_dump_CPPFLAGS = $(LAYER_INBOX)
tests_lib_inbox_dump_LDADD = $(INBOX_LIBS) libmodel.a libbase.a
CLEANFILES += tests/lib/inbox_dump$(EXEEXT)

check_PROGRAMS += tests/unit/test_inbox_guard.test
tests_unit_test_inbox_guard_test_SOURCES = tests/unit/test_inbox_guard.c
tests_unit_test_inbox_guard_test_CPPFLAGS = $(LAYER_INBOX) $(TEST_CPPFLAGS)
tests_unit_test_inbox_guard_test_LDADD = $(INBOX_LIBS) libmodel.a libbase.a $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_inbox_maildir.test
tests_unit_test_inbox_maildir_test_SOURCES = tests/unit/test_inbox_maildir.c
tests_unit_test_inbox_maildir_test_CPPFLAGS = $(LAYER_INBOX) $(TEST_CPPFLAGS)
tests_unit_test_inbox_maildir_test_LDADD = $(INBOX_LIBS) libmodel.a libbase.a $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_inbox_mbox.test
tests_unit_test_inbox_mbox_test_SOURCES = tests/unit/test_inbox_mbox.c
tests_unit_test_inbox_mbox_test_CPPFLAGS = $(LAYER_INBOX) $(TEST_CPPFLAGS)
tests_unit_test_inbox_mbox_test_LDADD = $(INBOX_LIBS) libmodel.a libbase.a $(TEST_LIBS)

TESTS += tests/e2e/inbox_dovecot.py tests/e2e/inbox_hostile.py
EXTRA_DIST += tests/e2e/inbox_dovecot.py tests/e2e/inbox_hostile.py tests/lib/servers.py tests/lib/tap.py
tests/e2e/inbox_dovecot.log tests/e2e/inbox_hostile.log: tests/lib/inbox_dump$(EXEEXT)
