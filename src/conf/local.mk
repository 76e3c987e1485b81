LAYER_CONF = $(LAYER_MODEL) -iquote $(S)/conf
noinst_LIBRARIES += libconf.a
libconf_a_CPPFLAGS = $(LAYER_CONF) $(LIBCONFIG_CFLAGS)
libconf_a_SOURCES = src/conf/conf.c src/conf/conf.h src/conf/conf_item.c src/conf/conf_item.h \
	src/conf/conf_scan.c src/conf/conf_scan.h

check_PROGRAMS += tests/unit/test_conf.test
tests_unit_test_conf_test_SOURCES = tests/unit/test_conf.c
tests_unit_test_conf_test_CPPFLAGS = $(LAYER_CONF) $(TEST_CPPFLAGS)
tests_unit_test_conf_test_LDADD = libconf.a libmodel.a libbase.a $(LIBCONFIG_LIBS) $(TEST_LIBS)
