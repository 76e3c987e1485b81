LAYER_EXT = $(LAYER_MODEL) -iquote $(S)/ext
noinst_LIBRARIES += libext.a
libext_a_CPPFLAGS = $(LAYER_EXT) $(GNUTLS_CFLAGS) $(IDN_CFLAGS) $(PSL_CFLAGS)
libext_a_SOURCES = \
	src/ext/crypto.c src/ext/crypto.h \
	src/ext/idn.c src/ext/idn.h \
	src/ext/psl.c src/ext/psl.h
EXT_LIBS = libext.a $(GNUTLS_LIBS) $(IDN_LIBS) $(PSL_LIBS)

check_PROGRAMS += tests/unit/test_ext.test
tests_unit_test_ext_test_SOURCES = tests/unit/test_ext.c
tests_unit_test_ext_test_CPPFLAGS = $(LAYER_EXT) $(TEST_CPPFLAGS)
tests_unit_test_ext_test_LDADD = $(EXT_LIBS) libmodel.a libbase.a $(TEST_LIBS)
