LAYER_QUEUE = $(LAYER_MODEL) -iquote $(S)/stage/queue
