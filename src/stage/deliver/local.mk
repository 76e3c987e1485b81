LAYER_DELIVER = $(LAYER_MODEL) -iquote $(S)/stage/deliver
