# The rules that no compiler holds by itself; doc/architecture.md has their reasons.
TESTS += tests/style/layers.sh
EXTRA_DIST += tests/style/layers.sh

# what each layer is compiled with: a name and its flags a line
check_DATA = tests/style/layers.flags
CLEANFILES += tests/style/layers.flags
tests/style/layers.flags: Makefile
	$(AM_V_GEN)$(MKDIR_P) tests/style && { \
	echo 'cc $(CC)'; echo 'base $(LAYER_BASE)'; echo 'model $(LAYER_MODEL)'; \
	echo 'conf $(LAYER_CONF)'; echo 'sql $(LAYER_SQL)'; echo 'ipc $(LAYER_IPC)'; \
	echo 'ext $(LAYER_EXT)'; echo 'store $(LAYER_STORE)'; echo 'flow $(LAYER_FLOW)'; \
	echo 'proc $(LAYER_PROC)'; \
	echo 'ack $(LAYER_ACK)'; echo 'classify $(LAYER_CLASSIFY)'; \
	echo 'compose $(LAYER_COMPOSE)'; echo 'deliver $(LAYER_DELIVER)'; \
	echo 'inbox $(LAYER_INBOX)'; echo 'intake $(LAYER_INTAKE)'; echo 'match $(LAYER_MATCH)'; \
	echo 'queue $(LAYER_QUEUE)'; echo 'register $(LAYER_REGISTER)'; \
	echo 'render $(LAYER_RENDER)'; echo 'sign $(LAYER_SIGN)'; \
	echo 'validity $(LAYER_VALIDITY)'; echo 'warn $(LAYER_WARN)'; \
	} > $@.tmp && mv $@.tmp $@
