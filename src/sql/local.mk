LAYER_SQL = $(LAYER_MODEL) -iquote $(S)/sql
noinst_LIBRARIES += libsql.a
libsql_a_CPPFLAGS = $(LAYER_SQL) $(SQLITE_CFLAGS)
libsql_a_SOURCES = \
	src/sql/sql.c src/sql/sql.h \
	src/sql/sql_sqlite.c
