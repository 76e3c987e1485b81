LAYER_INTAKE = $(LAYER_MODEL) -iquote $(S)/stage/intake
noinst_LIBRARIES += libintake.a
libintake_a_CPPFLAGS = $(LAYER_INTAKE) $(JANSSON_CFLAGS)
libintake_a_SOURCES = \
	src/stage/intake/advice_rules.c \
	src/stage/intake/intake.c src/stage/intake/intake.h \
	src/stage/intake/intake_clean.c src/stage/intake/intake_clean.h \
	src/stage/intake/intake_csv.c \
	src/stage/intake/intake_feed.c src/stage/intake/intake_feed.h \
	src/stage/intake/intake_formats.h \
	src/stage/intake/intake_intelmq.c \
	src/stage/intake/intake_json.c \
	src/stage/intake/intake_json_feed.c \
	src/stage/intake/intake_mapping.c \
	src/stage/intake/intake_row.c src/stage/intake/intake_row.h \
	src/stage/intake/intake_shadowserver.c
INTAKE_LIBS = libintake.a $(CSV_LIBS) $(JANSSON_LIBS)
EXTRA_DIST += etc/advice.tsv

INTAKE_TEST_CPPFLAGS = $(LAYER_INTAKE) $(LAYER_EXT) $(TEST_CPPFLAGS)
INTAKE_TEST_LIBS = $(INTAKE_LIBS) $(EXT_LIBS) libmodel.a libbase.a $(TEST_LIBS)
check_PROGRAMS += tests/unit/test_advice.test
tests_unit_test_advice_test_SOURCES = tests/unit/test_advice.c tests/lib/intake_case.h
tests_unit_test_advice_test_CPPFLAGS = $(INTAKE_TEST_CPPFLAGS)
tests_unit_test_advice_test_LDADD = $(INTAKE_TEST_LIBS)
check_PROGRAMS += tests/unit/test_intake.test
tests_unit_test_intake_test_SOURCES = tests/unit/test_intake.c tests/lib/intake_case.h
tests_unit_test_intake_test_CPPFLAGS = $(INTAKE_TEST_CPPFLAGS)
tests_unit_test_intake_test_LDADD = $(INTAKE_TEST_LIBS)
check_PROGRAMS += tests/unit/test_intake_csv.test
tests_unit_test_intake_csv_test_SOURCES = tests/unit/test_intake_csv.c tests/lib/intake_case.h
tests_unit_test_intake_csv_test_CPPFLAGS = $(INTAKE_TEST_CPPFLAGS)
tests_unit_test_intake_csv_test_LDADD = $(INTAKE_TEST_LIBS)
check_PROGRAMS += tests/unit/test_intake_json.test
tests_unit_test_intake_json_test_SOURCES = tests/unit/test_intake_json.c tests/lib/intake_case.h
tests_unit_test_intake_json_test_CPPFLAGS = $(INTAKE_TEST_CPPFLAGS)
tests_unit_test_intake_json_test_LDADD = $(INTAKE_TEST_LIBS)

check_PROGRAMS += tests/fuzz/fuzz_intake.test
tests_fuzz_fuzz_intake_test_SOURCES = tests/fuzz/fuzz_intake.c $(FUZZ_REPLAY)
tests_fuzz_fuzz_intake_test_CPPFLAGS = $(LAYER_INTAKE) $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_intake_test_LDADD = $(INTAKE_LIBS) libmodel.a libbase.a
if FUZZERS
noinst_PROGRAMS += tests/fuzz/fuzz_intake
tests_fuzz_fuzz_intake_SOURCES = tests/fuzz/fuzz_intake.c
tests_fuzz_fuzz_intake_CPPFLAGS = $(LAYER_INTAKE) $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_intake_CFLAGS = $(AM_CFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_intake_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_intake_LDADD = $(INTAKE_LIBS) libmodel.a libbase.a
endif
