LAYER_CLASSIFY = $(LAYER_MODEL) -iquote $(S)/stage/classify
