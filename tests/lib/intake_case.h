/*
 * intake_case: feeds as text, and what must come of each row, as one line a row.
 *
 * "+LINE type advice[!] severity subject..." is a finding ('!' = compromised), "-LINE reason" a
 * refusal.
 */
#ifndef SEINPOST_INTAKE_CASE_H
#define SEINPOST_INTAKE_CASE_H

#include "test.h"

#include <sys/mman.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "fdio.h"
#include "idn.h"
#include "intake.h"

static const int64_t now = 1795326900; /* 2026-11-22 05:55 UTC */

struct feed_case {
	const char *name, *file_name, *text, *want;
};

#define SEEN "2026-11-20 05:55:00"

/* ---- rules as shipped */

struct shipped {
	struct arena arena;
	struct advice_rules rules;
};

static inline int read_rules(void **state)
{
	struct shipped *s = xcalloc(1, sizeof(*s));
	const char *top = getenv("top_srcdir");
	struct buf path = BUF_INIT, text = BUF_INIT;
	struct err e = ERR_INIT;
	char *copy;

	buf_printf(&path, "%s/etc/advice.tsv", top ? top : ".");
	assert_int_equal(file_read(&text, path.s, 1 << 20, &e), 0);
	copy = exact_copy(text.s, text.len);
	assert_int_equal(advice_rules_parse(&s->rules, &s->arena, copy, text.len, "advice.tsv", &e),
	                 0);
	free(copy);
	buf_clear(&text);
	buf_clear(&path);
	*state = s;
	return 0;
}

static inline int drop_rules(void **state)
{
	struct shipped *s = *state;

	arena_clear(&s->arena);
	free(s);
	return 0;
}

/* ---- what comes out, as text */

static inline void show(struct buf *out, const char *label, const char *value)
{
	if (*value != '\0')
		buf_printf(out, " %s%s", label, value);
}

static inline int on_finding(void *arg, const struct finding *f, uint64_t line, struct err *e)
{
	struct buf *out = arg;
	char ip[IP_TEXT];

	UNUSED(e);
	buf_printf(out, "+%" PRIu64 " %s %s%s %s", line, f->source_type, f->advice,
	           f->compromised ? "!" : "", severity_words[f->severity]);
	show(out, "", f->has_ip ? ip_format(ip, &f->ip) : "");
	if (f->port != 0)
		buf_printf(out, " :%d", f->port);
	show(out, "/", f->transport);
	show(out, "app=", f->application);
	show(out, "d=", f->domain);
	show(out, "h=", f->hostname);
	show(out, "u=", f->url);
	show(out, "a=", f->account);
	show(out, "i=", f->identifier);
	show(out, "cve=", f->cve);
	show(out, "p=", f->product);
	show(out, "tlp=", f->tlp);
	for (size_t i = 0; i < f->n_extra; i++)
		buf_printf(out, " {%s=%s}", f->extra[i].name, f->extra[i].value);
	buf_addch(out, '\n');
	return 0;
}

static inline int on_refused(void *arg, uint64_t line, const char *raw, size_t n,
                             const char *reason, struct err *e)
{
	UNUSED(raw);
	UNUSED(n);
	UNUSED(e);
	buf_printf(arg, "-%" PRIu64 " %s\n", line, reason);
	return 0;
}

static inline int feed_fd(const void *bytes, size_t n)
{
	struct err e = ERR_INIT;
	int fd = memfd_create("feed", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(fd_write_all(fd, bytes, n, "feed", &e), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

static inline int read_bytes(struct buf *out, struct intake_count *count,
                             const struct intake_options *o, const void *bytes, size_t n,
                             struct err *e)
{
	struct intake_sink sink = { on_finding, on_refused, out };
	int fd = feed_fd(bytes, n);
	int rc = intake_read(count, fd, o, &sink, e);

	close(fd);
	assert_int_equal(count->read, count->found + count->refused);
	return rc;
}

static inline void check_case(const struct feed_case *c, const struct intake_options *base)
{
	struct intake_options o = *base;
	struct buf out = BUF_INIT;
	struct intake_count count;
	struct err e = ERR_INIT;

	o.file_name = c->file_name;
	if (read_bytes(&out, &count, &o, c->text, strlen(c->text), &e) < 0)
		fail_msg("%s: %s", c->name, e.text);
	if (strcmp(out.s, c->want) != 0)
		fail_msg("%s: got\n%swanted\n%s", c->name, out.s, c->want);
	buf_clear(&out);
}

static inline struct intake_options options(void **state, enum intake_format format)
{
	return (struct intake_options){ .format = format,
		                        .file_name = "-",
		                        .rules = &((struct shipped *)*state)->rules,
		                        .now = now,
		                        .to_ascii = idn_to_ascii };
}

/* n times s: feeds that are too long. */
static inline void add_times(struct buf *b, const char *s, size_t n)
{
	while (n-- > 0)
		buf_addstr(b, s);
}

#endif
