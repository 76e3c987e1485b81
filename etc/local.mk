# What an administrator starts from: the systemd unit with the installed paths, and a configuration to copy.
systemdsystemunit_DATA = etc/seinpost.service
CLEANFILES += etc/seinpost.service
EXTRA_DIST += etc/seinpost.service.in

etc/seinpost.service: etc/seinpost.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) etc && $(SED) -e 's|@bindir[@]|$(bindir)|g' -e 's|@sysconfdir[@]|$(sysconfdir)|g' \
		'$(srcdir)/etc/seinpost.service.in' >$@.tmp && mv $@.tmp $@

examplesdir = $(docdir)/examples
dist_examples_DATA = etc/seinpost.conf.example
