# the callers of the stages: they see everything but proc and cli
LAYER_FLOW = $(LAYER_STORE) -iquote $(S)/ext -iquote $(S)/conf -iquote $(S)/ipc \
	-iquote $(S)/stage/register -iquote $(S)/stage/intake -iquote $(S)/stage/match -iquote $(S)/stage/render \
	-iquote $(S)/stage/warn -iquote $(S)/stage/compose -iquote $(S)/stage/sign -iquote $(S)/stage/queue \
	-iquote $(S)/stage/deliver -iquote $(S)/stage/inbox -iquote $(S)/stage/classify -iquote $(S)/stage/ack \
	-iquote $(S)/stage/validity -iquote $(S)/flow
noinst_LIBRARIES += libflow.a
libflow_a_CPPFLAGS = $(LAYER_FLOW) $(JANSSON_CFLAGS)
libflow_a_SOURCES = \
	src/flow/draft.c src/flow/draft.h \
	src/flow/flow_blame.c src/flow/flow_blame.h \
	src/flow/flow_contact.c src/flow/flow_contact.h \
	src/flow/flow_deliver.c src/flow/flow_deliver.h \
	src/flow/flow_fetch.c \
	src/flow/flow_hand.c src/flow/flow_hand.h \
	src/flow/flow_inbox.c src/flow/flow_inbox.h \
	src/flow/flow_intake.c src/flow/flow_intake.h \
	src/flow/flow_match.c src/flow/flow_match.h \
	src/flow/flow_register.c src/flow/flow_register.h \
	src/flow/flow_waiting.c src/flow/flow_waiting.h \
	src/flow/flow_warn.c src/flow/flow_warn.h \
	src/flow/gateway.c src/flow/gateway.h \
	src/flow/import_notes.c src/flow/import_notes.h \
	src/flow/inbox_link.c src/flow/inbox_link.h \
	src/flow/inbox_signature.c src/flow/inbox_signature.h \
	src/flow/warn_run.c src/flow/warn_run.h

# what a flow needs below it; the programs that have flows add libproc.a in front
FLOW_LIBS = libflow.a libstore.a libsql.a libconf.a libipc.a libwarn.a librender.a libcompose.a libsign.a libregister.a \
	libintake.a libmatch.a libqueue.a libdeliver.a libinbox.a libclassify.a libwords.a liback.a libvalidity.a libext.a \
	libmodel.a libbase.a $(SQLITE_LIBS) $(LIBCONFIG_LIBS) $(JANSSON_LIBS) $(CSV_LIBS) $(GPGME_LIBS) $(ESMTP_LIBS) \
	-lcrypto $(ETPAN_LIBS) $(MATH_LIBS) $(GNUTLS_LIBS) $(IDN_LIBS) $(PSL_LIBS)

FLOW_WORLD = tests/lib/flow_world.c tests/lib/flow_world.h tests/lib/flow_mail.c tests/lib/flow_mail.h
check_PROGRAMS += tests/unit/test_flow_inbox.test tests/unit/test_flow_robots.test tests/unit/test_flow_again.test \
	tests/unit/test_flow_escalate.test tests/unit/test_flow_intake.test tests/unit/test_flow_report.test
tests_unit_test_flow_report_test_SOURCES = tests/unit/test_flow_report.c $(FLOW_WORLD)
tests_unit_test_flow_report_test_CPPFLAGS = $(LAYER_FLOW) $(TEST_CPPFLAGS) $(SQLITE_CFLAGS)
tests_unit_test_flow_report_test_LDADD = $(FLOW_LIBS) $(TEST_LIBS)
tests_unit_test_flow_intake_test_SOURCES = tests/unit/test_flow_intake.c $(FLOW_WORLD)
tests_unit_test_flow_intake_test_CPPFLAGS = $(LAYER_FLOW) $(TEST_CPPFLAGS) $(SQLITE_CFLAGS)
tests_unit_test_flow_intake_test_LDADD = $(FLOW_LIBS) $(TEST_LIBS)
tests_unit_test_flow_escalate_test_SOURCES = tests/unit/test_flow_escalate.c $(FLOW_WORLD)
tests_unit_test_flow_escalate_test_CPPFLAGS = $(LAYER_FLOW) $(TEST_CPPFLAGS) $(SQLITE_CFLAGS)
tests_unit_test_flow_escalate_test_LDADD = $(FLOW_LIBS) $(TEST_LIBS)
tests_unit_test_flow_again_test_SOURCES = tests/unit/test_flow_again.c $(FLOW_WORLD)
tests_unit_test_flow_again_test_CPPFLAGS = $(LAYER_FLOW) $(TEST_CPPFLAGS) $(SQLITE_CFLAGS)
tests_unit_test_flow_again_test_LDADD = $(FLOW_LIBS) $(TEST_LIBS)
tests_unit_test_flow_inbox_test_SOURCES = tests/unit/test_flow_inbox.c $(FLOW_WORLD)
tests_unit_test_flow_inbox_test_CPPFLAGS = $(LAYER_FLOW) $(TEST_CPPFLAGS) $(SQLITE_CFLAGS)
tests_unit_test_flow_inbox_test_LDADD = $(FLOW_LIBS) $(TEST_LIBS)
tests_unit_test_flow_robots_test_SOURCES = tests/unit/test_flow_robots.c $(FLOW_WORLD)
tests_unit_test_flow_robots_test_CPPFLAGS = $(LAYER_FLOW) $(TEST_CPPFLAGS) $(SQLITE_CFLAGS)
tests_unit_test_flow_robots_test_LDADD = $(FLOW_LIBS) $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_flow_hand.test
tests_unit_test_flow_hand_test_SOURCES = tests/unit/test_flow_hand.c $(FLOW_WORLD)
tests_unit_test_flow_hand_test_CPPFLAGS = $(LAYER_FLOW) $(TEST_CPPFLAGS) $(SQLITE_CFLAGS)
tests_unit_test_flow_hand_test_LDADD = $(FLOW_LIBS) $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_warn_run.test
tests_unit_test_warn_run_test_SOURCES = tests/unit/test_warn_run.c $(STORE_CASE)
tests_unit_test_warn_run_test_CPPFLAGS = $(LAYER_FLOW) $(TEST_CPPFLAGS)
tests_unit_test_warn_run_test_LDADD = $(FLOW_LIBS) $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_flow_more.test
tests_unit_test_flow_more_test_SOURCES = tests/unit/test_flow_more.c tests/lib/flow_more.c tests/lib/flow_more.h \
	tests/lib/sample_finding.h $(FLOW_WORLD)
tests_unit_test_flow_more_test_CPPFLAGS = $(LAYER_FLOW) $(TEST_CPPFLAGS) $(SQLITE_CFLAGS)
tests_unit_test_flow_more_test_LDADD = $(FLOW_LIBS) $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_flow_blame.test
tests_unit_test_flow_blame_test_SOURCES = tests/unit/test_flow_blame.c
tests_unit_test_flow_blame_test_CPPFLAGS = $(LAYER_FLOW) $(TEST_CPPFLAGS)
tests_unit_test_flow_blame_test_LDADD = $(FLOW_LIBS) $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_flow_deliver.test
tests_unit_test_flow_deliver_test_SOURCES = tests/unit/test_flow_deliver.c $(STORE_CASE)
tests_unit_test_flow_deliver_test_CPPFLAGS = $(LAYER_FLOW) $(TEST_CPPFLAGS)
tests_unit_test_flow_deliver_test_LDADD = libproc.a $(FLOW_LIBS) $(TEST_LIBS)
