LAYER_COMPOSE = $(LAYER_MODEL) -iquote $(S)/stage/compose
noinst_LIBRARIES += libcompose.a
libcompose_a_CPPFLAGS = $(LAYER_COMPOSE)
libcompose_a_SOURCES = \
	src/stage/compose/compose.h \
	src/stage/compose/compose_csv.c \
	src/stage/compose/compose_encode.c src/stage/compose/compose_encode.h \
	src/stage/compose/compose_header.c src/stage/compose/compose_header.h \
	src/stage/compose/compose_mail.c \
	src/stage/compose/compose_mailto.c

check_PROGRAMS += tests/unit/test_compose.test
tests_unit_test_compose_test_SOURCES = tests/unit/test_compose.c \
	tests/lib/compose_sample.c tests/lib/compose_sample.h
tests_unit_test_compose_test_CPPFLAGS = $(LAYER_COMPOSE) $(TEST_CPPFLAGS)
tests_unit_test_compose_test_LDADD = libcompose.a libmodel.a libbase.a $(TEST_LIBS)

# writes mails for compose_parse.py, which reads them with Python's email package
noinst_PROGRAMS += tests/unit/compose_samples
tests_unit_compose_samples_SOURCES = tests/unit/compose_samples.c \
	tests/lib/compose_sample.c tests/lib/compose_sample.h
tests_unit_compose_samples_CPPFLAGS = $(LAYER_COMPOSE) -iquote $(srcdir)/tests/lib
tests_unit_compose_samples_LDADD = libcompose.a libmodel.a libbase.a
dist_check_SCRIPTS = tests/unit/compose_parse.py
TESTS += tests/unit/compose_parse.py
