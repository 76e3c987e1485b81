LAYER_REGISTER = $(LAYER_MODEL) -iquote $(S)/stage/register
noinst_LIBRARIES += libregister.a
libregister_a_CPPFLAGS = $(LAYER_REGISTER) $(JANSSON_CFLAGS)
libregister_a_SOURCES = \
	src/stage/register/row_cells.c src/stage/register/row_cells.h \
	src/stage/register/row_network.c \
	src/stage/register/rows.c src/stage/register/rows.h \
	src/stage/register/rows_csv.c \
	src/stage/register/rows_jsonl.c \
	src/stage/register/rows_write.c
REGISTER_LIBS = libregister.a $(JANSSON_LIBS) $(CSV_LIBS)

# The names are turned to ASCII and held against the public suffixes by the real functions of ext.
check_PROGRAMS += tests/unit/test_rows.test
tests_unit_test_rows_test_SOURCES = tests/unit/test_rows.c
tests_unit_test_rows_test_CPPFLAGS = $(LAYER_REGISTER) -iquote $(S)/ext $(TEST_CPPFLAGS)
tests_unit_test_rows_test_LDADD = $(REGISTER_LIBS) $(EXT_LIBS) libmodel.a libbase.a $(TEST_LIBS)

check_PROGRAMS += tests/fuzz/fuzz_rows.test
tests_fuzz_fuzz_rows_test_SOURCES = tests/fuzz/fuzz_rows.c $(FUZZ_REPLAY)
tests_fuzz_fuzz_rows_test_CPPFLAGS = $(LAYER_REGISTER) -iquote $(S)/ext $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_rows_test_LDADD = $(REGISTER_LIBS) $(EXT_LIBS) libmodel.a libbase.a
if FUZZERS
noinst_PROGRAMS += tests/fuzz/fuzz_rows
tests_fuzz_fuzz_rows_SOURCES = tests/fuzz/fuzz_rows.c
tests_fuzz_fuzz_rows_CPPFLAGS = $(LAYER_REGISTER) -iquote $(S)/ext $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_rows_CFLAGS = $(AM_CFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_rows_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_rows_LDADD = $(REGISTER_LIBS) $(EXT_LIBS) libmodel.a libbase.a
endif
