/*
 * fuzz_dsn: status parts and reports in prose.
 */
#include "base.h"

#include "alloc.h"
#include "report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a = ARENA_INIT;
	struct report *r = xmalloc(sizeof(*r));
	struct mail *m = xcalloc(1, sizeof(*m));
	struct span text = span_of(data, n), from;

	report_init(r);
	(void)dsn_parse(r, text);
	if (dsn_in_text(&from, text))
		(void)dsn_parse(r, from);
	report_init(r);
	bounce_text_parse(r, m, &a, report_text_cut(text));
	free(m);
	free(r);
	arena_clear(&a);
	return 0;
}
