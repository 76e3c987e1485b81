LAYER_SQL = $(LAYER_MODEL) -iquote $(S)/sql
