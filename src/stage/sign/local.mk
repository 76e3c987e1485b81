LAYER_SIGN = $(LAYER_MODEL) -iquote $(S)/stage/sign
