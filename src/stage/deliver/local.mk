LAYER_DELIVER = $(LAYER_MODEL) -iquote $(S)/stage/deliver
noinst_LIBRARIES += libdeliver.a
libdeliver_a_CPPFLAGS = $(LAYER_DELIVER) $(ESMTP_CFLAGS)
libdeliver_a_SOURCES = \
	src/stage/deliver/deliver.h \
	src/stage/deliver/deliver_check.c src/stage/deliver/deliver_check.h \
	src/stage/deliver/deliver_esmtp.c \
	src/stage/deliver/deliver_judge.c src/stage/deliver/deliver_judge.h \
	src/stage/deliver/deliver_socket.c src/stage/deliver/deliver_socket.h \
	src/stage/deliver/deliver_tls.c src/stage/deliver/deliver_tls.h \
	src/stage/deliver/deliver_watch.c src/stage/deliver/deliver_watch.h
DELIVER_LIBS = libdeliver.a $(ESMTP_LIBS) -lcrypto

check_PROGRAMS += tests/unit/test_deliver.test
tests_unit_test_deliver_test_SOURCES = tests/unit/test_deliver.c
tests_unit_test_deliver_test_CPPFLAGS = $(LAYER_DELIVER) $(TEST_CPPFLAGS)
tests_unit_test_deliver_test_LDADD = libdeliver.a libmodel.a libbase.a $(TEST_LIBS)

# hands mails to the scripted peer; no test by itself
EXTRA_PROGRAMS += tests/lib/deliver_one
CLEANFILES += tests/lib/deliver_one$(EXEEXT)
tests_lib_deliver_one_SOURCES = tests/lib/deliver_one.c
tests_lib_deliver_one_CPPFLAGS = $(LAYER_DELIVER)
tests_lib_deliver_one_LDADD = $(DELIVER_LIBS) libmodel.a libbase.a

EXTRA_DIST += tests/lib/smtp_peer.py tests/unit/deliver_peer.py
TESTS += tests/unit/deliver_peer.py
tests/unit/deliver_peer.log: tests/lib/deliver_one$(EXEEXT) $(srcdir)/tests/lib/smtp_peer.py

check_PROGRAMS += tests/fuzz/fuzz_deliver.test
tests_fuzz_fuzz_deliver_test_SOURCES = tests/fuzz/fuzz_deliver.c $(FUZZ_REPLAY)
tests_fuzz_fuzz_deliver_test_CPPFLAGS = $(LAYER_DELIVER) $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_deliver_test_LDADD = libdeliver.a libmodel.a libbase.a
if FUZZERS
noinst_PROGRAMS += tests/fuzz/fuzz_deliver
tests_fuzz_fuzz_deliver_SOURCES = tests/fuzz/fuzz_deliver.c
tests_fuzz_fuzz_deliver_CPPFLAGS = $(LAYER_DELIVER) $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_deliver_CFLAGS = $(AM_CFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_deliver_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_deliver_LDADD = libdeliver.a libmodel.a libbase.a
endif
