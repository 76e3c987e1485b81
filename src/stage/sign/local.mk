LAYER_SIGN = $(LAYER_MODEL) -iquote $(S)/stage/sign
noinst_LIBRARIES += libsign.a
libsign_a_CPPFLAGS = $(LAYER_SIGN) $(GPGME_CFLAGS) $(GNUTLS_CFLAGS)
libsign_a_SOURCES = \
	src/stage/sign/agent_link.c src/stage/sign/agent_link.h \
	src/stage/sign/openpgp_packet.c src/stage/sign/openpgp_packet.h \
	src/stage/sign/sexp.c src/stage/sign/sexp.h \
	src/stage/sign/sign.h src/stage/sign/sign_queue.h \
	src/stage/sign/sign_agent.c \
	src/stage/sign/sign_check.c src/stage/sign/sign_check.h \
	src/stage/sign/sign_digest.c src/stage/sign/sign_digest.h \
	src/stage/sign/sign_gpgme.c src/stage/sign/sign_gpgme.h \
	src/stage/sign/sign_gpgme_context.c src/stage/sign/sign_gpgme_context.h \
	src/stage/sign/sign_gpgme_key.c \
	src/stage/sign/sign_home.c src/stage/sign/sign_home.h
SIGN_LIBS = libsign.a $(GPGME_LIBS) $(GNUTLS_LIBS)

check_PROGRAMS += tests/unit/test_sign.test
tests_unit_test_sign_test_SOURCES = tests/unit/test_sign.c
tests_unit_test_sign_test_CPPFLAGS = $(LAYER_SIGN) -iquote $(S)/stage/compose $(TEST_CPPFLAGS)
tests_unit_test_sign_test_LDADD = $(SIGN_LIBS) libcompose.a libmodel.a libbase.a $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_openpgp.test
tests_unit_test_openpgp_test_SOURCES = tests/unit/test_openpgp.c
tests_unit_test_openpgp_test_CPPFLAGS = $(LAYER_SIGN) $(TEST_CPPFLAGS)
tests_unit_test_openpgp_test_LDADD = libsign.a libmodel.a libbase.a $(TEST_LIBS)

check_PROGRAMS += tests/fuzz/fuzz_sexp.test
tests_fuzz_fuzz_sexp_test_SOURCES = tests/fuzz/fuzz_sexp.c $(FUZZ_REPLAY)
tests_fuzz_fuzz_sexp_test_CPPFLAGS = $(LAYER_SIGN) $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_sexp_test_LDADD = libsign.a libmodel.a libbase.a
if FUZZERS
noinst_PROGRAMS += tests/fuzz/fuzz_sexp
tests_fuzz_fuzz_sexp_SOURCES = tests/fuzz/fuzz_sexp.c
tests_fuzz_fuzz_sexp_CPPFLAGS = $(LAYER_SIGN) $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_sexp_CFLAGS = $(AM_CFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_sexp_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_sexp_LDADD = libsign.a libmodel.a libbase.a
endif
