# Measurements, never part of "make check".  "make bench" runs all that need no other program's set-up; "make bench
# BENCH=e2e" one of e2e, classify, match, intake, scale, postfix.  BENCH_COMPANIES is the size of the register,
# BENCH_ROUNDS how often each rival runs.  doc of the figures: tests/bench/README.
BENCH_TOOLS = tests/bench/sink$(EXEEXT) tests/bench/floor$(EXEEXT) tests/bench/classify_rate$(EXEEXT)
EXTRA_PROGRAMS += tests/bench/sink tests/bench/floor tests/bench/classify_rate

tests_bench_sink_SOURCES = tests/bench/sink.c
tests_bench_sink_CPPFLAGS = $(LAYER_BASE)
tests_bench_sink_LDADD = libbase.a

tests_bench_floor_SOURCES = tests/bench/floor.c
tests_bench_floor_CPPFLAGS = $(LAYER_SIGN)
tests_bench_floor_LDADD = $(SIGN_LIBS) libmodel.a libbase.a

tests_bench_classify_rate_SOURCES = tests/bench/classify_rate.c
tests_bench_classify_rate_CPPFLAGS = $(LAYER_CLASSIFY)
tests_bench_classify_rate_LDADD = $(tests_lib_classify_files_LDADD)

EXTRA_DIST += tests/bench/README tests/bench/bench.py tests/bench/bench_postfix.py \
	tests/bench/rival_python.py tests/bench/rival_shell.sh
CLEANFILES += $(BENCH_TOOLS)

bench: seinpost$(EXEEXT) $(BENCH_TOOLS)
	@$(AM_TESTS_ENVIRONMENT) $(PYTHON3) $(srcdir)/tests/bench/bench.py $(BENCH)
.PHONY: bench
