# the one orchestrator: it knows the three stages it strings together
LAYER_WARN = $(LAYER_MODEL) -iquote $(S)/stage/render -iquote $(S)/stage/compose -iquote $(S)/stage/sign \
	-iquote $(S)/stage/warn
noinst_LIBRARIES += libwarn.a
libwarn_a_CPPFLAGS = $(LAYER_WARN)
libwarn_a_SOURCES = \
	src/stage/warn/defang.c src/stage/warn/defang.h \
	src/stage/warn/dutch.c src/stage/warn/dutch.h \
	src/stage/warn/fill.c src/stage/warn/fill.h
WARN_LIBS = libwarn.a librender.a libcompose.a libmodel.a libbase.a

check_PROGRAMS += tests/unit/test_dutch.test
tests_unit_test_dutch_test_SOURCES = tests/unit/test_dutch.c
tests_unit_test_dutch_test_CPPFLAGS = $(LAYER_WARN) $(TEST_CPPFLAGS)
tests_unit_test_dutch_test_LDADD = $(WARN_LIBS) $(TEST_LIBS)
