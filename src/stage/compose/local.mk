LAYER_COMPOSE = $(LAYER_MODEL) -iquote $(S)/stage/compose
