LAYER_PROC = $(LAYER_FLOW) -iquote $(S)/proc
noinst_LIBRARIES += libproc.a
libproc_a_CPPFLAGS = $(LAYER_PROC) $(SECCOMP_CFLAGS)
libproc_a_SOURCES = \
	src/proc/dispatch.c src/proc/dispatch.h src/proc/dispatch_private.h \
	src/proc/dispatch_chores.c \
	src/proc/dispatch_give.c \
	src/proc/dispatch_route.c \
	src/proc/dispatch_turn.c \
	src/proc/parse_client.c src/proc/parse_client.h \
	src/proc/parser.c src/proc/parser.h \
	src/proc/quota.c src/proc/quota.h \
	src/proc/sandbox.h src/proc/sandbox_linux.c \
	src/proc/sender.c src/proc/sender.h \
	src/proc/sender_wire.c \
	src/proc/sign_answers.c src/proc/sign_answers.h \
	src/proc/sign_remote.c src/proc/sign_remote.h \
	src/proc/signer.c src/proc/signer.h \
	src/proc/signals.c src/proc/signals.h \
	src/proc/spawn.c src/proc/spawn.h \
	src/proc/verifier.c src/proc/verifier.h \
	src/proc/verify_client.c src/proc/verify_client.h \
	src/proc/warn_feed.c src/proc/warn_feed.h \
	src/proc/worker.c

check_PROGRAMS += tests/unit/test_sandbox.test
tests_unit_test_sandbox_test_SOURCES = tests/unit/test_sandbox.c
tests_unit_test_sandbox_test_CPPFLAGS = $(LAYER_PROC) $(TEST_CPPFLAGS)
tests_unit_test_sandbox_test_LDADD = libproc.a libbase.a $(SECCOMP_LIBS) $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_parser.test
tests_unit_test_parser_test_SOURCES = tests/unit/test_parser.c tests/lib/role.c tests/lib/role.h
tests_unit_test_parser_test_CPPFLAGS = $(LAYER_PROC) $(TEST_CPPFLAGS)
tests_unit_test_parser_test_LDADD = libproc.a libipc.a $(CLASSIFY_LIBS) libmodel.a libbase.a $(SECCOMP_LIBS) \
	$(TEST_LIBS)

check_PROGRAMS += tests/unit/test_verify_client.test
tests_unit_test_verify_client_test_SOURCES = tests/unit/test_verify_client.c tests/lib/role.c tests/lib/role.h
tests_unit_test_verify_client_test_CPPFLAGS = $(LAYER_PROC) $(TEST_CPPFLAGS)
tests_unit_test_verify_client_test_LDADD = $(seinpost_LDADD) $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_dispatch_route.test
tests_unit_test_dispatch_route_test_SOURCES = tests/unit/test_dispatch_route.c
tests_unit_test_dispatch_route_test_CPPFLAGS = $(LAYER_PROC) $(TEST_CPPFLAGS)
tests_unit_test_dispatch_route_test_LDADD = $(seinpost_LDADD) $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_worker.test
tests_unit_test_worker_test_SOURCES = tests/unit/test_worker.c
tests_unit_test_worker_test_CPPFLAGS = $(LAYER_PROC) $(TEST_CPPFLAGS)
tests_unit_test_worker_test_LDADD = $(seinpost_LDADD) $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_sign_remote.test
tests_unit_test_sign_remote_test_SOURCES = tests/unit/test_sign_remote.c
tests_unit_test_sign_remote_test_CPPFLAGS = $(LAYER_PROC) $(TEST_CPPFLAGS)
tests_unit_test_sign_remote_test_LDADD = libproc.a libipc.a $(SIGN_LIBS) libmodel.a libbase.a $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_sender.test
tests_unit_test_sender_test_SOURCES = tests/unit/test_sender.c
tests_unit_test_sender_test_CPPFLAGS = $(LAYER_PROC) $(TEST_CPPFLAGS)
tests_unit_test_sender_test_LDADD = $(seinpost_LDADD) $(TEST_LIBS)
