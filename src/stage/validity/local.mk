LAYER_VALIDITY = $(LAYER_MODEL) -iquote $(S)/stage/validity
