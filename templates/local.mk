# What the warnings say, a folder for each language; installed as $(pkgdatadir)/templates/LANGUAGE/...
templatesdir = $(pkgdatadir)
nobase_dist_templates_DATA = \
	templates/nl/subject.mustache \
	templates/nl/warning.mustache \
	templates/nl/advice/compromised-system.mustache \
	templates/nl/advice/compromised-website.mustache \
	templates/nl/advice/exposed-device.mustache \
	templates/nl/advice/exposed-service.mustache \
	templates/nl/advice/generic.mustache \
	templates/nl/advice/leaked-account.mustache \
	templates/nl/advice/malware-infection.mustache \
	templates/nl/advice/open-database.mustache \
	templates/nl/advice/open-rdp.mustache \
	templates/nl/advice/open-reflector.mustache \
	templates/nl/advice/open-smb.mustache \
	templates/nl/advice/phishing-page.mustache \
	templates/nl/advice/vulnerable-edge.mustache \
	templates/nl/advice/vulnerable-exchange.mustache \
	templates/nl/advice/vulnerable-service.mustache \
	templates/en/subject.mustache \
	templates/en/warning.mustache \
	templates/en/advice/compromised-system.mustache \
	templates/en/advice/compromised-website.mustache \
	templates/en/advice/exposed-device.mustache \
	templates/en/advice/exposed-service.mustache \
	templates/en/advice/generic.mustache \
	templates/en/advice/leaked-account.mustache \
	templates/en/advice/malware-infection.mustache \
	templates/en/advice/open-database.mustache \
	templates/en/advice/open-rdp.mustache \
	templates/en/advice/open-reflector.mustache \
	templates/en/advice/open-smb.mustache \
	templates/en/advice/phishing-page.mustache \
	templates/en/advice/vulnerable-edge.mustache \
	templates/en/advice/vulnerable-exchange.mustache \
	templates/en/advice/vulnerable-service.mustache

TESTS += tests/style/spelling.sh
EXTRA_DIST += tests/style/spelling.sh tests/data/spelling/terms.txt
