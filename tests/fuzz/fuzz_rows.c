/*
 * fuzz_rows: any bytes as a register, in each form; what is accepted must come back from both forms
 * of export.
 *
 * Input: whatever the fuzzer makes.
 */
#include "base.h"

#include <sys/mman.h>
#include <unistd.h>

#include "alloc.h"
#include "buf.h"
#include "fdio.h"
#include "idn.h"
#include "psl.h"
#include "rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/*
 * Rows are collected as exports; the second reading must accept all of them and make the same
 * exports.
 */
struct exports {
	struct buf csv, json;
	uint64_t rows, refused;
};

static int on_row(void *arg, const struct register_row *r, uint64_t line, struct err *e)
{
	struct exports *x = arg;

	UNUSED(line);
	UNUSED(e);
	x->rows++;
	rows_write(&x->csv, ROWS_CSV, r);
	rows_write(&x->json, ROWS_JSONL, r);
	return 0;
}

static int on_refused(void *arg, uint64_t line, const char *raw, size_t n, const char *reason,
                      struct err *e)
{
	struct exports *x = arg;

	UNUSED(e);
	if (line == 0 || n > ROWS_RAW_MAX || (n > 0 && raw == NULL) || reason[0] == '\0')
		bug("refusal without line or reason");
	x->refused++;
	return 0;
}

static int read_as(struct exports *x, const void *data, size_t n, enum rows_format format)
{
	const struct rows_options o = {
		.format = format, .now = 1795305600, .to_ascii = idn_to_ascii,
		.is_public_suffix = psl_domain_is_public_suffix,
	};
	const struct rows_sink sink = { on_row, on_refused, x, NULL };
	int fd = memfd_create("rows", MFD_CLOEXEC), rc;
	struct err e = ERR_INIT;

	*x = (struct exports){ .csv = BUF_INIT, .json = BUF_INIT };
	rows_write_head(&x->csv, ROWS_CSV);
	if (fd < 0 || fd_write_all(fd, data, n, "rows", &e) < 0 || lseek(fd, 0, SEEK_SET) < 0)
		bug("no memory file");
	rc = rows_read(fd, &o, &sink, &e);
	close(fd);
	if (rc < 0 && (rc != ERR_INPUT || x->rows + x->refused > 0))
		bug("error %d after %" PRIu64 " rows: %s", rc, x->rows, e.text);
	return rc;
}

static void exports_clear(struct exports *x)
{
	buf_clear(&x->csv);
	buf_clear(&x->json);
}

static void check_again(const struct exports *x, const struct buf *text, enum rows_format format)
{
	struct exports again;

	if (read_as(&again, text->s, text->len, format) < 0 || again.refused > 0 ||
	    again.rows != x->rows || strcmp(again.csv.s, x->csv.s) != 0 ||
	    strcmp(again.json.s, x->json.s) != 0)
		bug("comes back otherwise:\n%s->\n%s", text->s, again.csv.s);
	exports_clear(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const enum rows_format formats[] = { ROWS_AUTO, ROWS_CSV, ROWS_JSONL };

	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		struct exports x;

		read_as(&x, data, n, formats[i]);
		check_again(&x, &x.csv, ROWS_CSV);
		check_again(&x, &x.json, ROWS_JSONL);
		exports_clear(&x);
	}
	return 0;
}
