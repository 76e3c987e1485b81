LAYER_ACK = $(LAYER_MODEL) -iquote $(S)/stage/ack
noinst_LIBRARIES += liback.a
liback_a_CPPFLAGS = $(LAYER_ACK)
liback_a_SOURCES = src/stage/ack/ack.c src/stage/ack/ack.h

check_PROGRAMS += tests/unit/test_ack.test
tests_unit_test_ack_test_SOURCES = tests/unit/test_ack.c
tests_unit_test_ack_test_CPPFLAGS = $(LAYER_ACK) $(TEST_CPPFLAGS)
tests_unit_test_ack_test_LDADD = liback.a libmodel.a libbase.a $(TEST_LIBS)
