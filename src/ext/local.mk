LAYER_EXT = $(LAYER_MODEL) -iquote $(S)/ext
