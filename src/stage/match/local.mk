LAYER_MATCH = $(LAYER_MODEL) -iquote $(S)/stage/match
noinst_LIBRARIES += libmatch.a
libmatch_a_CPPFLAGS = $(LAYER_MATCH)
libmatch_a_SOURCES = \
	src/stage/match/match.c src/stage/match/match.h \
	src/stage/match/name_index.c src/stage/match/name_index.h \
	src/stage/match/net_index.c src/stage/match/net_index.h \
	src/stage/match/question.c src/stage/match/question.h

check_PROGRAMS += tests/unit/test_match.test
tests_unit_test_match_test_SOURCES = tests/unit/test_match.c
tests_unit_test_match_test_CPPFLAGS = $(LAYER_MATCH) $(TEST_CPPFLAGS)
tests_unit_test_match_test_LDADD = libmatch.a libmodel.a libbase.a $(TEST_LIBS)
