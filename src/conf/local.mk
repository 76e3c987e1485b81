LAYER_CONF = $(LAYER_MODEL) -iquote $(S)/conf
noinst_LIBRARIES += libconf.a
libconf_a_CPPFLAGS = $(LAYER_CONF) $(LIBCONFIG_CFLAGS)
libconf_a_SOURCES = src/conf/conf.c src/conf/conf.h src/conf/conf_item.c src/conf/conf_item.h
