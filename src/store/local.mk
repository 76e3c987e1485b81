LAYER_STORE = $(LAYER_SQL) -iquote $(S)/store
SCHEMA_STEPS = \
	src/store/schema/0001.sql src/store/schema/0002.sql src/store/schema/0003.sql \
	src/store/schema/0004.sql
EXTRA_DIST += $(SCHEMA_STEPS)

# the schema as C strings, one a step
src/store/schema.c: $(SCHEMA_STEPS) src/store/local.mk
	$(AM_V_GEN)$(MKDIR_P) src/store && { echo '#include "base.h"'; echo '#include "store_private.h"'; \
	echo 'const char *const store_schema_steps[] = {'; \
	for f in $(SCHEMA_STEPS); do \
		$(SED) -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/	"/' -e 's/$$/\\n"/' $(srcdir)/$$f; echo '	,'; \
	done; echo '	NULL'; echo '};'; } > $@.tmp && mv $@.tmp $@
CLEANFILES += src/store/schema.c

noinst_LIBRARIES += libstore.a
libstore_a_CPPFLAGS = $(LAYER_STORE)
nodist_libstore_a_SOURCES = src/store/schema.c
libstore_a_SOURCES = \
	src/store/store.c src/store/store.h src/store/store_private.h \
	src/store/store_contact.c \
	src/store/store_finding.c src/store/store_finding.h \
	src/store/store_inbox.c src/store/store_inbox.h \
	src/store/store_incident.c \
	src/store/store_mail.c src/store/store_mail.h \
	src/store/store_mail_list.c \
	src/store/store_register.c src/store/store_register.h \
	src/store/store_report.c src/store/store_report.h \
	src/store/store_route.c src/store/store_route.h \
	src/store/store_warning.c src/store/store_warning.h

STORE_CASE = tests/lib/store_case.c tests/lib/store_case.h tests/lib/sample_finding.h
STORE_TEST_LIBS = libstore.a libsql.a libmodel.a libbase.a $(SQLITE_LIBS) $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_store.test
tests_unit_test_store_test_SOURCES = tests/unit/test_store.c $(STORE_CASE)
tests_unit_test_store_test_CPPFLAGS = $(LAYER_STORE) $(TEST_CPPFLAGS)
tests_unit_test_store_test_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/unit/test_store_register.test
tests_unit_test_store_register_test_SOURCES = tests/unit/test_store_register.c $(STORE_CASE)
tests_unit_test_store_register_test_CPPFLAGS = $(LAYER_STORE) $(TEST_CPPFLAGS)
tests_unit_test_store_register_test_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/unit/test_store_finding.test
tests_unit_test_store_finding_test_SOURCES = tests/unit/test_store_finding.c $(STORE_CASE)
tests_unit_test_store_finding_test_CPPFLAGS = $(LAYER_STORE) $(TEST_CPPFLAGS)
tests_unit_test_store_finding_test_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/unit/test_store_warning.test
tests_unit_test_store_warning_test_SOURCES = tests/unit/test_store_warning.c $(STORE_CASE)
tests_unit_test_store_warning_test_CPPFLAGS = $(LAYER_STORE) $(TEST_CPPFLAGS)
tests_unit_test_store_warning_test_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/unit/test_store_history.test
tests_unit_test_store_history_test_SOURCES = tests/unit/test_store_history.c $(STORE_CASE)
tests_unit_test_store_history_test_CPPFLAGS = $(LAYER_STORE) $(TEST_CPPFLAGS)
tests_unit_test_store_history_test_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/unit/test_store_mail.test
tests_unit_test_store_mail_test_SOURCES = tests/unit/test_store_mail.c $(STORE_CASE)
tests_unit_test_store_mail_test_CPPFLAGS = $(LAYER_STORE) $(TEST_CPPFLAGS)
tests_unit_test_store_mail_test_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/unit/test_store_inbox.test
tests_unit_test_store_inbox_test_SOURCES = tests/unit/test_store_inbox.c $(STORE_CASE)
tests_unit_test_store_inbox_test_CPPFLAGS = $(LAYER_STORE) $(TEST_CPPFLAGS)
tests_unit_test_store_inbox_test_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/unit/test_store_report.test
tests_unit_test_store_report_test_SOURCES = tests/unit/test_store_report.c $(STORE_CASE)
tests_unit_test_store_report_test_CPPFLAGS = $(LAYER_STORE) $(TEST_CPPFLAGS)
tests_unit_test_store_report_test_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/unit/test_store_plan.test
tests_unit_test_store_plan_test_SOURCES = tests/unit/test_store_plan.c $(STORE_CASE)
tests_unit_test_store_plan_test_CPPFLAGS = $(LAYER_STORE) $(TEST_CPPFLAGS)
tests_unit_test_store_plan_test_LDADD = $(STORE_TEST_LIBS)
