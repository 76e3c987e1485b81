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
	src/stage/classify/classify.h
CLASSIFY_LIBS = libclassify.a $(ETPAN_LIBS) $(JANSSON_LIBS)
