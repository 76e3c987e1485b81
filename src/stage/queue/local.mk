LAYER_QUEUE = $(LAYER_MODEL) -iquote $(S)/stage/queue
noinst_LIBRARIES += libqueue.a
libqueue_a_CPPFLAGS = $(LAYER_QUEUE)
libqueue_a_SOURCES = src/stage/queue/queue.c src/stage/queue/queue.h

check_PROGRAMS += tests/unit/test_queue.test
tests_unit_test_queue_test_SOURCES = tests/unit/test_queue.c
tests_unit_test_queue_test_CPPFLAGS = $(LAYER_QUEUE) $(TEST_CPPFLAGS)
tests_unit_test_queue_test_LDADD = libqueue.a libmodel.a libbase.a $(TEST_LIBS)
