LAYER_REPORT = $(LAYER_MODEL) -iquote $(S)/stage/report
