LAYER_CLASSIFY = $(LAYER_MODEL) -iquote $(S)/stage/classify
noinst_LIBRARIES += libclassify.a
libclassify_a_CPPFLAGS = $(LAYER_CLASSIFY) $(JANSSON_CFLAGS)
libclassify_a_SOURCES = \
	src/stage/classify/addr_scan.c \
	src/stage/classify/addr_scan.h \
	src/stage/classify/codes.c \
	src/stage/classify/codes.h \
	src/stage/classify/hay.c \
	src/stage/classify/hay.h \
	src/stage/classify/html_text.c \
	src/stage/classify/html_text.h \
	src/stage/classify/mime_walk.c \
	src/stage/classify/mime_walk.h \
	src/stage/classify/prescan.c \
	src/stage/classify/prescan.h \
	src/stage/classify/classify.h \
	src/stage/classify/bounce_text.c \
	src/stage/classify/dsn.c \
	src/stage/classify/kind.c \
	src/stage/classify/kind.h \
	src/stage/classify/phrases.h \
	src/stage/classify/phrases_address.c \
	src/stage/classify/phrases_kind.c \
	src/stage/classify/phrases_refused.c \
	src/stage/classify/phrases_transport.c \
	src/stage/classify/reason.c \
	src/stage/classify/reason.h \
	src/stage/classify/recipients.c \
	src/stage/classify/recipients.h \
	src/stage/classify/report.h \
	src/stage/classify/sns.c \
	src/stage/classify/sns.h \
	src/stage/classify/view.c \
	src/stage/classify/view.h
CLASSIFY_LIBS = libclassify.a $(ETPAN_LIBS) $(JANSSON_LIBS)
