LAYER_INBOX = $(LAYER_MODEL) -iquote $(S)/stage/inbox
