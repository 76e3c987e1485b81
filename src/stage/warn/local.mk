# the one orchestrator: it knows the three stages it strings together
LAYER_WARN = $(LAYER_MODEL) -iquote $(S)/stage/render -iquote $(S)/stage/compose -iquote $(S)/stage/sign \
	-iquote $(S)/stage/warn
noinst_LIBRARIES += libwarn.a
libwarn_a_CPPFLAGS = $(LAYER_WARN)
libwarn_a_SOURCES = \
	src/stage/warn/catalog.c src/stage/warn/catalog.h \
	src/stage/warn/catalog_check.c \
	src/stage/warn/defang.c src/stage/warn/defang.h \
	src/stage/warn/dutch.c src/stage/warn/dutch.h \
	src/stage/warn/fill.c src/stage/warn/fill.h \
	src/stage/warn/warn.c src/stage/warn/warn.h \
	src/stage/warn/warn_csv.c \
	src/stage/warn/warn_group.c src/stage/warn/warn_group.h \
	src/stage/warn/warn_make.c \
	src/stage/warn/warn_table.c src/stage/warn/warn_table.h \
	src/stage/warn/warn_view.c src/stage/warn/warn_view.h
WARN_LIBS = libwarn.a librender.a libcompose.a libmodel.a libbase.a

check_PROGRAMS += tests/unit/test_dutch.test
tests_unit_test_dutch_test_SOURCES = tests/unit/test_dutch.c
tests_unit_test_dutch_test_CPPFLAGS = $(LAYER_WARN) $(TEST_CPPFLAGS)
tests_unit_test_dutch_test_LDADD = $(WARN_LIBS) $(TEST_LIBS)

WARN_WORLD = tests/lib/warn_world.c tests/lib/warn_world.h
check_PROGRAMS += tests/unit/test_catalog.test
tests_unit_test_catalog_test_SOURCES = tests/unit/test_catalog.c $(WARN_WORLD)
tests_unit_test_catalog_test_CPPFLAGS = $(LAYER_WARN) $(TEST_CPPFLAGS)
tests_unit_test_catalog_test_LDADD = $(WARN_LIBS) $(TEST_LIBS)
check_PROGRAMS += tests/unit/test_warn.test
tests_unit_test_warn_test_SOURCES = tests/unit/test_warn.c $(WARN_WORLD)
tests_unit_test_warn_test_CPPFLAGS = $(LAYER_WARN) $(TEST_CPPFLAGS)
tests_unit_test_warn_test_LDADD = $(WARN_LIBS) $(TEST_LIBS)
check_PROGRAMS += tests/unit/test_warn_make.test
tests_unit_test_warn_make_test_SOURCES = tests/unit/test_warn_make.c $(WARN_WORLD)
tests_unit_test_warn_make_test_CPPFLAGS = $(LAYER_WARN) $(TEST_CPPFLAGS)
tests_unit_test_warn_make_test_LDADD = $(WARN_LIBS) $(TEST_LIBS)
EXTRA_DIST += tests/data/templates tests/data/templates-bad tests/data/templates-two-lines
