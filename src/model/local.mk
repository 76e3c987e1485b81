noinst_LIBRARIES += libmodel.a
libmodel_a_CPPFLAGS = $(LAYER_MODEL)
libmodel_a_SOURCES = \
	src/model/counts.h src/model/delivery.c src/model/delivery.h \
	src/model/finding.c src/model/finding.h \
	src/model/incident.c src/model/incident.h \
	src/model/register.c src/model/register.h \
	src/model/tlp.c src/model/tlp.h \
	src/model/token.c src/model/token.h \
	src/model/verdict.c src/model/verdict.h \
	src/model/word.c src/model/word.h
