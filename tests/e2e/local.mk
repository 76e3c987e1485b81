# The whole program against real servers and bad input.  Once is enough: with sanitizers the unit tests run alone.
E2E_TESTS = \
	tests/e2e/loop.py \
	tests/e2e/memory.py \
	tests/e2e/bad_input.py \
	tests/e2e/fetch_dovecot.py \
	tests/e2e/property.py

if !SANITIZERS
TESTS += $(E2E_TESTS)
endif
$(E2E_TESTS:.py=.log): seinpost$(EXEEXT)
EXTRA_DIST += \
	$(E2E_TESTS) \
	tests/lib/answers.py \
	tests/lib/cutter.py \
	tests/lib/gateway.py \
	tests/lib/postfix.py \
	tests/lib/servers.py \
	tests/lib/signed_mail.py \
	tests/lib/smtp_peer.py \
	tests/lib/tap.py \
	tests/demo/companies.py \
	tests/demo/demo.sh \
	tests/demo/make_data.py \
	tests/demo/show_mail.py \
	tests/demo/world.py
