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
