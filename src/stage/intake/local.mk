LAYER_INTAKE = $(LAYER_MODEL) -iquote $(S)/stage/intake
