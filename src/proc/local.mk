LAYER_PROC = $(LAYER_FLOW) -iquote $(S)/proc
noinst_LIBRARIES += libproc.a
libproc_a_CPPFLAGS = $(LAYER_PROC)
libproc_a_SOURCES = \
	src/proc/dispatch.c src/proc/dispatch.h src/proc/dispatch_private.h \
	src/proc/sender.c src/proc/sender.h \
	src/proc/sender_wire.c \
	src/proc/sign_remote.c src/proc/sign_remote.h \
	src/proc/signer.c src/proc/signer.h \
	src/proc/signals.c src/proc/signals.h \
	src/proc/spawn.c src/proc/spawn.h \
	src/proc/worker.c
