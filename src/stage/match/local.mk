LAYER_MATCH = $(LAYER_MODEL) -iquote $(S)/stage/match
