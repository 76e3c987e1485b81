noinst_LIBRARIES += libbase.a
libbase_a_CPPFLAGS = $(LAYER_BASE)
libbase_a_SOURCES = \
	src/base/alloc.c src/base/alloc.h \
	src/base/arena.c src/base/arena.h \
	src/base/banned.h src/base/base.h \
	src/base/base32.c src/base/base32.h \
	src/base/buf.c src/base/buf.h \
	src/base/clock.c src/base/clock.h \
	src/base/domain.c src/base/domain.h \
	src/base/err.c src/base/err.h \
	src/base/fdio.c src/base/fdio.h \
	src/base/ip.c src/base/ip.h \
	src/base/log.c src/base/log.h \
	src/base/mailaddr.c src/base/mailaddr.h \
	src/base/num.c src/base/num.h \
	src/base/span.c src/base/span.h \
	src/base/utf8.c src/base/utf8.h
