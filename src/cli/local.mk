bin_PROGRAMS += seinpost
seinpost_CPPFLAGS = $(LAYER_PROC) -iquote $(S)/cli $(JANSSON_CFLAGS) -DSYSCONFDIR='"$(sysconfdir)"' \
	-DPKGDATADIR='"$(pkgdatadir)"' -DABS_BUILDDIR='"$(abs_builddir)"' -DABS_SRCDIR='"$(abs_srcdir)"'
CLI_SOURCES = \
	src/cli/advice_kinds.c src/cli/advice_kinds.h \
	src/cli/cli.h \
	src/cli/cmd_call.c \
	src/cli/cmd_classify.c \
	src/cli/cmd_contact.c \
	src/cli/cmd_deliver.c \
	src/cli/cmd_doctor.c \
	src/cli/cmd_finding.c \
	src/cli/cmd_inbox.c \
	src/cli/cmd_incident.c \
	src/cli/cmd_init.c \
	src/cli/cmd_intake.c \
	src/cli/cmd_queue.c \
	src/cli/cmd_register.c \
	src/cli/cmd_report.c \
	src/cli/cmd_route.c \
	src/cli/cmd_status.c \
	src/cli/cmd_warn.c \
	src/cli/cmd_warning.c \
	src/cli/doctor_net.c src/cli/doctor_net.h \
	src/cli/listing.c src/cli/listing.h \
	src/cli/main.c \
	src/cli/options.c \
	src/cli/progress.c src/cli/progress.h \
	src/cli/route_state.c src/cli/route_state.h \
	src/cli/table.c src/cli/table.h
seinpost_SOURCES = src/cli/seinpost.c $(CLI_SOURCES)
seinpost_LDADD = libproc.a libflow.a libstore.a libsql.a libconf.a libipc.a libwarn.a librender.a libcompose.a \
	libsign.a libregister.a libintake.a libmatch.a libqueue.a libdeliver.a libinbox.a libclassify.a libwords.a liback.a \
	libvalidity.a libext.a libmodel.a libbase.a \
	$(SQLITE_LIBS) $(LIBCONFIG_LIBS) $(JANSSON_LIBS) $(CSV_LIBS) $(GPGME_LIBS) $(ESMTP_LIBS) -lcrypto \
	$(ETPAN_LIBS) $(MATH_LIBS) $(GNUTLS_LIBS) $(IDN_LIBS) $(PSL_LIBS) $(SECCOMP_LIBS)
dist_pkgdata_DATA = etc/advice.tsv

check_PROGRAMS += tests/unit/test_progress.test
tests_unit_test_progress_test_SOURCES = tests/unit/test_progress.c src/cli/progress.c
tests_unit_test_progress_test_CPPFLAGS = $(LAYER_BASE) -iquote $(S)/cli $(TEST_CPPFLAGS)
tests_unit_test_progress_test_LDADD = libbase.a $(TEST_LIBS)
