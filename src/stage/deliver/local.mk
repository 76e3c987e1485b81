LAYER_DELIVER = $(LAYER_MODEL) -iquote $(S)/stage/deliver
noinst_LIBRARIES += libdeliver.a
libdeliver_a_CPPFLAGS = $(LAYER_DELIVER) $(ESMTP_CFLAGS)
libdeliver_a_SOURCES = \
	src/stage/deliver/deliver.h \
	src/stage/deliver/deliver_check.c src/stage/deliver/deliver_check.h \
	src/stage/deliver/deliver_judge.c src/stage/deliver/deliver_judge.h \
	src/stage/deliver/deliver_watch.c src/stage/deliver/deliver_watch.h

check_PROGRAMS += tests/unit/test_deliver.test
tests_unit_test_deliver_test_SOURCES = tests/unit/test_deliver.c
tests_unit_test_deliver_test_CPPFLAGS = $(LAYER_DELIVER) $(TEST_CPPFLAGS)
tests_unit_test_deliver_test_LDADD = libdeliver.a libmodel.a libbase.a $(TEST_LIBS)
