/*
 * fuzz_prescan: any bytes before a mail library sees them; what passes keeps every promise of
 * prescan.h.
 */
#include "base.h"

#include "alloc.h"
#include "prescan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { HEADER_COPY_MAX = 96 << 10 };

static void check(bool holds, const char *what)
{
	if (!holds)
		bug("prescan: %s", what);
}

/* The bytes behind the copy are what a decoder that overruns reads. */
static void check_copy(struct span out, size_t n)
{
	check(span_len(out) <= 2 * n + 2, "the copy is more than twice as long");
	for (const char *p = out.p; p < out.end; p++) {
		check(*p != '\0', "NUL");
		check(*p != '\r' || (p + 1 < out.end && p[1] == '\n'), "CR without LF");
		check(*p != '\n' || (p > out.p && p[-1] == '\r'), "LF without CR");
	}
	for (size_t i = 0; i < PRESCAN_PADDING; i++)
		check(out.end[i] == '\0', "no padding");
}

static void check_header(struct span out)
{
	struct span line, rest = out;

	while (span_line(&rest, &line) && !span_empty(line))
		;
	check((size_t)(rest.p - out.p) <= HEADER_COPY_MAX, "a header that was not cut");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct classify_limits small = { 4096, 8, 3 };
	const struct classify_limits *limits[] = { &classify_default_limits, &small };

	for (size_t i = 0; i < ARRAY_SIZE(limits); i++) {
		struct arena a = ARENA_INIT;
		struct span out = { NULL, NULL };

		if (prescan_mail(&out, &a, span_of(data, n), limits[i])) {
			check_copy(out, n);
			check_header(out);
		}
		arena_clear(&a);
	}
	return 0;
}
