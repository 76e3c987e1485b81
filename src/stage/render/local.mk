LAYER_RENDER = $(LAYER_MODEL) -iquote $(S)/stage/render
