# Measurements, never part of "make check".  "make bench" runs all, "make bench BENCH=e2e" one of e2e, classify, match,
# intake, postfix; BENCH_COMPANIES is the size of the register.
EXTRA_PROGRAMS += tests/bench/sink
tests_bench_sink_SOURCES = tests/bench/sink.c
tests_bench_sink_CPPFLAGS = $(LAYER_BASE)
tests_bench_sink_LDADD = libbase.a
