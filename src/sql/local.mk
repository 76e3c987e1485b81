LAYER_SQL = $(LAYER_MODEL) -iquote $(S)/sql
noinst_LIBRARIES += libsql.a
if SANITIZERS
SANITIZED = 1
else
SANITIZED = 0
endif
libsql_a_CPPFLAGS = $(LAYER_SQL) $(SQLITE_CFLAGS) -DSANITIZED=$(SANITIZED)
libsql_a_SOURCES = \
	src/sql/spare.c src/sql/spare.h \
	src/sql/sql.c src/sql/sql.h \
	src/sql/sql_sqlite.c

check_PROGRAMS += tests/unit/test_spare.test
tests_unit_test_spare_test_SOURCES = tests/unit/test_spare.c
tests_unit_test_spare_test_CPPFLAGS = $(LAYER_SQL) $(TEST_CPPFLAGS)
tests_unit_test_spare_test_LDADD = libsql.a libbase.a $(TEST_LIBS)
