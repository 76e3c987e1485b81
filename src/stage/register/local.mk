LAYER_REGISTER = $(LAYER_MODEL) -iquote $(S)/stage/register
