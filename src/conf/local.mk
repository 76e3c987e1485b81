LAYER_CONF = $(LAYER_MODEL) -iquote $(S)/conf
