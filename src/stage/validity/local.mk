LAYER_VALIDITY = $(LAYER_MODEL) -iquote $(S)/stage/validity
noinst_LIBRARIES += libvalidity.a
libvalidity_a_CPPFLAGS = $(LAYER_VALIDITY)
libvalidity_a_SOURCES = src/stage/validity/validity.c src/stage/validity/validity.h

check_PROGRAMS += tests/unit/test_validity.test
tests_unit_test_validity_test_SOURCES = tests/unit/test_validity.c
tests_unit_test_validity_test_CPPFLAGS = $(LAYER_VALIDITY) $(TEST_CPPFLAGS)
tests_unit_test_validity_test_LDADD = libvalidity.a libmodel.a libbase.a $(TEST_LIBS)
