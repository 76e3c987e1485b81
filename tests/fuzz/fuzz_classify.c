/*
 * fuzz_classify: whole mails; every verdict must be well-formed and print as nine columns.
 */
#include "base.h"

#include "alloc.h"
#include "buf.h"
#include "classify.h"
#include "classify_tsv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct verdict *v = xmalloc(sizeof(*v));
	struct buf out = BUF_INIT;
	int tabs = 0;

	classify_mail(v, data, n, &classify_default_limits);
	if (!verdict_valid(v))
		bug("verdict is not well-formed");
	if (v->signature.len != 0 && (!verdict_range_in(v->signed_part, n) ||
	                              !verdict_range_in(v->signature, n)))
		bug("a range outside the mail");
	classify_write_tsv(&out, "x", v);
	for (size_t i = 0; i < out.len; i++)
		tabs += out.s[i] == '\t';
	if (tabs != 8)
		bug("%d tabs", tabs);
	buf_reset(&out);
	classify_write_json(&out, "x", v);
	buf_clear(&out);
	free(v);
	return 0;
}
