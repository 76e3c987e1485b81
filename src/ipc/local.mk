LAYER_IPC = $(LAYER_MODEL) -iquote $(S)/ipc
noinst_LIBRARIES += libipc.a
libipc_a_CPPFLAGS = $(LAYER_IPC)
libipc_a_SOURCES = src/ipc/shared.c src/ipc/shared.h src/ipc/wire.c src/ipc/wire.h

check_PROGRAMS += tests/unit/test_wire.test
tests_unit_test_wire_test_SOURCES = tests/unit/test_wire.c
tests_unit_test_wire_test_CPPFLAGS = $(LAYER_IPC) $(TEST_CPPFLAGS)
tests_unit_test_wire_test_LDADD = libipc.a libmodel.a libbase.a $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_shared.test
tests_unit_test_shared_test_SOURCES = tests/unit/test_shared.c
tests_unit_test_shared_test_CPPFLAGS = $(LAYER_IPC) $(TEST_CPPFLAGS)
tests_unit_test_shared_test_LDADD = libipc.a libmodel.a libbase.a $(TEST_LIBS)
