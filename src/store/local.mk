LAYER_STORE = $(LAYER_SQL) -iquote $(S)/store
