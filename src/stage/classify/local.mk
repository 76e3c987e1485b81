LAYER_CLASSIFY = $(LAYER_MODEL) -iquote $(S)/stage/classify
noinst_LIBRARIES += libwords.a libclassify.a
libwords_a_CPPFLAGS = $(LAYER_CLASSIFY)
libwords_a_SOURCES = \
	src/stage/classify/addr_scan.c src/stage/classify/addr_scan.h \
	src/stage/classify/answer_endings.c \
	src/stage/classify/answer_features.c src/stage/classify/answer_features.h \
	src/stage/classify/answer_lexicon.c src/stage/classify/answer_lexicon.h \
	src/stage/classify/answer_lexicon_af.c src/stage/classify/answer_lexicon_gm.c \
	src/stage/classify/answer_lexicon_ns.c \
	src/stage/classify/answer_lexicon_tz.c \
	src/stage/classify/answer_table.c src/stage/classify/answer_table.h \
	src/stage/classify/hay.c src/stage/classify/hay.h

# What people wrote before, from which the build learns to read answers; native builds only: to build for another machine,
# take gen/answer_weights.c from a build for this one.
ANSWER_TEXTS = \
	src/stage/classify/answers/english_and_all_ages.tsv \
	src/stage/classify/answers/hurried.tsv \
	src/stage/classify/answers/indirect.tsv \
	src/stage/classify/answers/letters.tsv \
	src/stage/classify/answers/mails.tsv \
	src/stage/classify/answers/mixed.tsv \
	src/stage/classify/answers/near_misses.tsv \
	src/stage/classify/answers/offices.tsv \
	src/stage/classify/answers/roundabout.tsv \
	src/stage/classify/answers/sentences.tsv \
	src/stage/classify/answers/technicians.tsv \
	src/stage/classify/answers/trades.tsv \
	src/stage/classify/answers/various.tsv
EXTRA_DIST += $(ANSWER_TEXTS)
noinst_PROGRAMS += src/stage/classify/learn_answers
src_stage_classify_learn_answers_SOURCES = src/stage/classify/learn_answers.c src/stage/classify/answer_weights.h
src_stage_classify_learn_answers_CPPFLAGS = $(LAYER_CLASSIFY)
src_stage_classify_learn_answers_LDADD = libwords.a libmodel.a libbase.a $(MATH_LIBS)
gen/answer_weights.c: $(ANSWER_TEXTS) src/stage/classify/learn_answers$(EXEEXT)
	$(AM_V_GEN)texts=; for f in $(ANSWER_TEXTS); do texts="$$texts $(srcdir)/$$f"; done; \
	src/stage/classify/learn_answers$(EXEEXT) $$texts >$@.new && mv $@.new $@
CLEANFILES += gen/answer_weights.c

libclassify_a_CPPFLAGS = $(LAYER_CLASSIFY) $(JANSSON_CFLAGS)
nodist_libclassify_a_SOURCES = gen/answer_weights.c
libclassify_a_SOURCES = \
	src/stage/classify/answer.c src/stage/classify/answer.h \
	src/stage/classify/answer_clause.c src/stage/classify/answer_clause.h \
	src/stage/classify/answer_grammar.c src/stage/classify/answer_grammar.h \
	src/stage/classify/answer_hear.c src/stage/classify/answer_hear.h \
	src/stage/classify/answer_learnt.c src/stage/classify/answer_learnt.h \
	src/stage/classify/answer_phrases.c src/stage/classify/answer_phrases.h \
	src/stage/classify/answer_rules_doubt.c \
	src/stage/classify/answer_rules_owner.c \
	src/stage/classify/answer_rules_wish.c \
	src/stage/classify/answer_rules_work.c \
	src/stage/classify/answer_idioms.c \
	src/stage/classify/answer_sentence.c src/stage/classify/answer_sentence.h \
	src/stage/classify/answer_words.c \
	src/stage/classify/answer_work.c \
	src/stage/classify/bounce_text.c \
	src/stage/classify/charset.c src/stage/classify/charset.h \
	src/stage/classify/classify.c src/stage/classify/classify.h \
	src/stage/classify/classify_json.c \
	src/stage/classify/classify_tsv.c src/stage/classify/classify_tsv.h \
	src/stage/classify/clearsigned.c src/stage/classify/clearsigned.h \
	src/stage/classify/codes.c src/stage/classify/codes.h \
	src/stage/classify/content_type.c src/stage/classify/content_type.h \
	src/stage/classify/dsn.c src/stage/classify/report.h \
	src/stage/classify/html_text.c src/stage/classify/html_text.h \
	src/stage/classify/kind.c src/stage/classify/kind.h \
	src/stage/classify/link.c src/stage/classify/link.h \
	src/stage/classify/mime_split.c src/stage/classify/mime_split.h \
	src/stage/classify/mime_walk.c src/stage/classify/mime_walk.h \
	src/stage/classify/phrases.h src/stage/classify/phrases_abroad.c \
	src/stage/classify/phrases_address.c src/stage/classify/phrases_providers.c \
	src/stage/classify/phrases_reason_abroad.c \
	src/stage/classify/phrases_kind.c src/stage/classify/phrases_policy.c \
	src/stage/classify/phrases_refused.c \
	src/stage/classify/phrases_robot.c src/stage/classify/phrases_transport.c \
	src/stage/classify/prescan.c src/stage/classify/prescan.h \
	src/stage/classify/reason.c src/stage/classify/reason.h \
	src/stage/classify/reason_words.c src/stage/classify/reason_words.h \
	src/stage/classify/recipients.c src/stage/classify/recipients.h \
	src/stage/classify/reply_text.c src/stage/classify/reply_text.h \
	src/stage/classify/robots.c src/stage/classify/robots.h \
	src/stage/classify/signed_part.c src/stage/classify/signed_part.h \
	src/stage/classify/sns.c src/stage/classify/sns.h \
	src/stage/classify/view.c src/stage/classify/view.h
CLASSIFY_LIBS = libclassify.a libwords.a $(ETPAN_LIBS) $(JANSSON_LIBS) $(MATH_LIBS)

noinst_PROGRAMS += tests/lib/classify_files
tests_lib_classify_files_SOURCES = tests/lib/classify_files.c
tests_lib_classify_files_CPPFLAGS = $(LAYER_CLASSIFY)
tests_lib_classify_files_LDADD = $(CLASSIFY_LIBS) libmodel.a libbase.a

check_PROGRAMS += tests/unit/test_answer.test
tests_unit_test_answer_test_SOURCES = tests/unit/test_answer.c
tests_unit_test_answer_test_CPPFLAGS = $(LAYER_CLASSIFY) $(TEST_CPPFLAGS)
tests_unit_test_answer_test_LDADD = $(CLASSIFY_LIBS) libmodel.a libbase.a $(TEST_LIBS)
EXTRA_DIST += tests/data/answers_unseen.tsv tests/data/refusals.tsv

check_PROGRAMS += tests/unit/test_reason.test
tests_unit_test_reason_test_SOURCES = tests/unit/test_reason.c
tests_unit_test_reason_test_CPPFLAGS = $(LAYER_CLASSIFY) $(TEST_CPPFLAGS)
tests_unit_test_reason_test_LDADD = $(CLASSIFY_LIBS) libmodel.a libbase.a $(TEST_LIBS)

check_PROGRAMS += tests/unit/test_classify.test
tests_unit_test_classify_test_SOURCES = tests/unit/test_classify.c
tests_unit_test_classify_test_CPPFLAGS = $(LAYER_CLASSIFY) $(TEST_CPPFLAGS)
tests_unit_test_classify_test_LDADD = $(CLASSIFY_LIBS) libmodel.a libbase.a $(TEST_LIBS)
check_PROGRAMS += tests/unit/test_mime.test
tests_unit_test_mime_test_SOURCES = tests/unit/test_mime.c
tests_unit_test_mime_test_CPPFLAGS = $(LAYER_CLASSIFY) $(TEST_CPPFLAGS)
tests_unit_test_mime_test_LDADD = $(CLASSIFY_LIBS) libmodel.a libbase.a $(TEST_LIBS)
check_PROGRAMS += tests/unit/test_signed_part.test
tests_unit_test_signed_part_test_SOURCES = tests/unit/test_signed_part.c
tests_unit_test_signed_part_test_CPPFLAGS = $(LAYER_CLASSIFY) $(TEST_CPPFLAGS)
tests_unit_test_signed_part_test_LDADD = $(CLASSIFY_LIBS) libmodel.a libbase.a $(TEST_LIBS)
EXTRA_DIST += tests/data/inbox tests/unit/classify_corpus.py
TESTS += tests/unit/classify_corpus.py
CLEANFILES += classify_bounces.tsv classify_answers.tsv

check_PROGRAMS += tests/fuzz/fuzz_classify.test tests/fuzz/fuzz_answer.test tests/fuzz/fuzz_dsn.test \
	tests/fuzz/fuzz_prescan.test tests/fuzz/fuzz_mime.test tests/fuzz/fuzz_token.test
tests_fuzz_fuzz_classify_test_SOURCES = tests/fuzz/fuzz_classify.c $(FUZZ_REPLAY)
tests_fuzz_fuzz_classify_test_CPPFLAGS = $(LAYER_CLASSIFY) $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_classify_test_LDADD = $(CLASSIFY_LIBS) libmodel.a libbase.a
tests_fuzz_fuzz_answer_test_SOURCES = tests/fuzz/fuzz_answer.c $(FUZZ_REPLAY)
tests_fuzz_fuzz_answer_test_CPPFLAGS = $(LAYER_CLASSIFY) $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_answer_test_LDADD = $(CLASSIFY_LIBS) libmodel.a libbase.a
tests_fuzz_fuzz_dsn_test_SOURCES = tests/fuzz/fuzz_dsn.c $(FUZZ_REPLAY)
tests_fuzz_fuzz_dsn_test_CPPFLAGS = $(LAYER_CLASSIFY) $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_dsn_test_LDADD = $(CLASSIFY_LIBS) libmodel.a libbase.a
tests_fuzz_fuzz_prescan_test_SOURCES = tests/fuzz/fuzz_prescan.c $(FUZZ_REPLAY)
tests_fuzz_fuzz_prescan_test_CPPFLAGS = $(LAYER_CLASSIFY) $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_prescan_test_LDADD = $(CLASSIFY_LIBS) libmodel.a libbase.a
tests_fuzz_fuzz_mime_test_SOURCES = tests/fuzz/fuzz_mime.c $(FUZZ_REPLAY)
tests_fuzz_fuzz_mime_test_CPPFLAGS = $(LAYER_CLASSIFY) $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_mime_test_LDADD = $(CLASSIFY_LIBS) libmodel.a libbase.a
tests_fuzz_fuzz_token_test_SOURCES = tests/fuzz/fuzz_token.c $(FUZZ_REPLAY)
tests_fuzz_fuzz_token_test_CPPFLAGS = $(LAYER_CLASSIFY) -iquote $(S)/ext $(FUZZ_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_fuzz_fuzz_token_test_LDADD = $(CLASSIFY_LIBS) $(EXT_LIBS) libmodel.a libbase.a
if FUZZERS
noinst_PROGRAMS += tests/fuzz/fuzz_classify tests/fuzz/fuzz_answer tests/fuzz/fuzz_dsn \
	tests/fuzz/fuzz_prescan tests/fuzz/fuzz_mime tests/fuzz/fuzz_token
tests_fuzz_fuzz_classify_SOURCES = tests/fuzz/fuzz_classify.c
tests_fuzz_fuzz_classify_CPPFLAGS = $(LAYER_CLASSIFY) $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_classify_CFLAGS = $(AM_CFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_classify_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_classify_LDADD = $(CLASSIFY_LIBS) libmodel.a libbase.a
tests_fuzz_fuzz_answer_SOURCES = tests/fuzz/fuzz_answer.c
tests_fuzz_fuzz_answer_CPPFLAGS = $(LAYER_CLASSIFY) $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_answer_CFLAGS = $(AM_CFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_answer_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_answer_LDADD = $(CLASSIFY_LIBS) libmodel.a libbase.a
tests_fuzz_fuzz_dsn_SOURCES = tests/fuzz/fuzz_dsn.c
tests_fuzz_fuzz_dsn_CPPFLAGS = $(LAYER_CLASSIFY) $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_dsn_CFLAGS = $(AM_CFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_dsn_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_dsn_LDADD = $(CLASSIFY_LIBS) libmodel.a libbase.a
tests_fuzz_fuzz_prescan_SOURCES = tests/fuzz/fuzz_prescan.c
tests_fuzz_fuzz_prescan_CPPFLAGS = $(LAYER_CLASSIFY) $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_prescan_CFLAGS = $(AM_CFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_prescan_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_prescan_LDADD = $(CLASSIFY_LIBS) libmodel.a libbase.a
tests_fuzz_fuzz_mime_SOURCES = tests/fuzz/fuzz_mime.c
tests_fuzz_fuzz_mime_CPPFLAGS = $(LAYER_CLASSIFY) $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_mime_CFLAGS = $(AM_CFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_mime_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_mime_LDADD = $(CLASSIFY_LIBS) libmodel.a libbase.a
tests_fuzz_fuzz_token_SOURCES = tests/fuzz/fuzz_token.c
tests_fuzz_fuzz_token_CPPFLAGS = $(LAYER_CLASSIFY) -iquote $(S)/ext $(FUZZ_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_fuzz_fuzz_token_CFLAGS = $(AM_CFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_token_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_token_LDADD = $(CLASSIFY_LIBS) $(EXT_LIBS) libmodel.a libbase.a
endif
