# the one orchestrator: it knows the three stages it strings together
LAYER_WARN = $(LAYER_MODEL) -iquote $(S)/stage/render -iquote $(S)/stage/compose -iquote $(S)/stage/sign \
	-iquote $(S)/stage/warn
