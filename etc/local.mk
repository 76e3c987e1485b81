# What an administrator starts from: the systemd unit and a configuration to copy, both with the installed paths.
systemdsystemunit_DATA = etc/seinpost.service
examplesdir = $(docdir)/examples
examples_DATA = etc/seinpost.conf.example
CLEANFILES += etc/seinpost.service etc/seinpost.conf.example
EXTRA_DIST += etc/seinpost.service.in etc/seinpost.conf.example.in

WITH_PATHS = $(AM_V_GEN)$(MKDIR_P) etc && $(SED) -e 's|@bindir[@]|$(bindir)|g' -e 's|@sysconfdir[@]|$(sysconfdir)|g' \
	-e 's|@pkgdatadir[@]|$(pkgdatadir)|g'

etc/seinpost.service: etc/seinpost.service.in Makefile
	$(WITH_PATHS) '$(srcdir)/etc/seinpost.service.in' >$@.tmp && mv $@.tmp $@

etc/seinpost.conf.example: etc/seinpost.conf.example.in Makefile
	$(WITH_PATHS) '$(srcdir)/etc/seinpost.conf.example.in' >$@.tmp && mv $@.tmp $@
