LAYER_RENDER = $(LAYER_MODEL) -iquote $(S)/stage/render
noinst_LIBRARIES += librender.a
librender_a_CPPFLAGS = $(LAYER_RENDER)
librender_a_SOURCES = \
	src/stage/render/advice.c src/stage/render/advice.h \
	src/stage/render/mustache.h \
	src/stage/render/mustache_parse.c src/stage/render/mustache_render.c \
	src/stage/render/template.h \
	src/stage/render/template_lint.c src/stage/render/template_lint.h \
	src/stage/render/template_measure.c \
	src/stage/render/view.c src/stage/render/view_node.h

check_PROGRAMS += tests/unit/test_mustache.test
tests_unit_test_mustache_test_SOURCES = tests/unit/test_mustache.c
tests_unit_test_mustache_test_CPPFLAGS = $(LAYER_RENDER) $(TEST_CPPFLAGS)
tests_unit_test_mustache_test_LDADD = librender.a libmodel.a libbase.a $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_mustache_spec.test
tests_unit_test_mustache_spec_test_SOURCES = tests/unit/test_mustache_spec.c
tests_unit_test_mustache_spec_test_CPPFLAGS = $(LAYER_RENDER) $(TEST_CPPFLAGS) $(JANSSON_CFLAGS)
tests_unit_test_mustache_spec_test_LDADD = librender.a libmodel.a libbase.a $(JANSSON_LIBS) $(TEST_LIBS)
