LAYER_ACK = $(LAYER_MODEL) -iquote $(S)/stage/ack
