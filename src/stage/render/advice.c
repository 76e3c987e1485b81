/*
 * advice: what to tell about one kind of threat.
 *
 * Invariant: line numbers are those of the file, also in the errors of a section's template.
 * Input: files edited by hand.
 */
#include "base.h"
#include "advice.h"
#include "span.h"
#include "template.h"
#include "template_lint.h"

const char *const advice_section_words[] = { "title", "seen", "do", "explain", NULL };

/* The text of one section as it stands in the file. */
struct part {
	struct span text;
	unsigned line;    /* of its first line */
	unsigned heading; /* 0: there is no such section */
};

/* One reading of a file: what was found, and who is told of problems. */
struct reader {
	const char *name;
	struct part part[ADVICE_SECTIONS];
	size_t count;
	template_problem_fn *report;
	void *arg;
};

static void problem(struct reader *r, unsigned line, const char *fmt, ...) PRINTF_LIKE(3, 4);

static void problem(struct reader *r, unsigned line, const char *fmt, ...)
{
	char text[160];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	r->count++;
	r->report(r->arg, r->name, line, text);
}

static struct part *begin_part(struct reader *r, struct span word, unsigned line)
{
	for (int i = 0; i < ADVICE_SECTIONS; i++) {
		if (!span_equals_str(word, advice_section_words[i]))
			continue;
		if (r->part[i].heading != 0)
			problem(r, line, "section '# %s' is there twice", advice_section_words[i]);
		r->part[i] = (struct part){ .line = line + 1, .heading = line };
		return &r->part[i];
	}
	problem(r, line, "unknown section '# %.*s': use title, seen, do, explain",
	        (int)(span_len(word) > 40 ? 40 : span_len(word)), word.p);
	return NULL;
}

/* Drops empty lines in front and blanks behind. */
static void trim_part(struct part *p)
{
	struct span s = p->text, line;

	while (span_line(&s, &line) && span_empty(span_trim(line))) {
		p->text.p = s.p;
		p->line++;
	}
	while (!span_empty(p->text) && ascii_space(p->text.end[-1]))
		p->text.end--;
}

static void split(struct reader *r, const char *text, size_t n)
{
	struct span s = span_of(text, n), line, nothing = { text, text };
	struct part *now = NULL;
	bool begun = false;

	for (int i = 0; i < ADVICE_SECTIONS; i++)
		r->part[i].text = nothing;
	for (unsigned nr = 1; span_line(&s, &line); nr++) {
		if (span_len(line) >= 2 && line.p[0] == '#' && line.p[1] == ' ') {
			line.p += 2;
			now = begin_part(r, span_trim(line), nr);
			begun = true;
			if (now != NULL)
				now->text = (struct span){ s.p, s.p };
		} else if (now != NULL) {
			now->text.end = s.p;
		} else if (!begun && !span_empty(span_trim(line))) {
			problem(r, nr, "text before the first section ('# title')");
			begun = true;
		}
	}
}

struct title_width {
	size_t widest;
	unsigned lines;
};

static void take_width(void *arg, const struct template *t, unsigned line, size_t columns)
{
	struct title_width *w = arg;

	UNUSED(t);
	UNUSED(line);
	w->widest = columns > w->widest ? columns : w->widest;
	w->lines++;
}

static void ignore_problem(void *arg, const char *name, unsigned line, const char *text)
{
	UNUSED(arg);
	UNUSED(name);
	UNUSED(line);
	UNUSED(text);
}

static void check_title(struct reader *r, const struct part *p)
{
	struct title_width w = { 0, 0 };
	struct template *t =
		template_read(p->text.p, span_len(p->text), r->name, p->line, ignore_problem, NULL);

	template_measure(t, take_width, &w);
	template_free(t);
	if (w.lines > 1)
		problem(r, p->line, "the title has more than one line");
	else if (w.widest > ADVICE_TITLE_COLUMNS)
		problem(r, p->line, "the title has %zu columns: %d at most", w.widest,
		        ADVICE_TITLE_COLUMNS);
}

static void read_parts(struct reader *r, const char *text, size_t n)
{
	split(r, text, n);
	for (int i = 0; i < ADVICE_SECTIONS; i++) {
		struct part *p = &r->part[i];

		trim_part(p);
		if (p->heading == 0 && i != ADVICE_EXPLAIN)
			problem(r, 1, "section '# %s' is missing", advice_section_words[i]);
		else if (p->heading != 0 && span_empty(p->text))
			problem(r, p->heading, "section '# %s' is empty", advice_section_words[i]);
	}
	check_title(r, &r->part[ADVICE_TITLE]);
}

int advice_parse(struct advice *out, const char *text, size_t n, const char *name, struct err *e)
{
	struct first_problem f = { e, 0 };
	struct reader r = { .name = name, .report = template_keep_first, .arg = &f };
	struct advice a = ADVICE_INIT;

	read_parts(&r, text, n);
	for (int i = 0; i < ADVICE_SECTIONS && f.rc == 0; i++)
		if (r.part[i].heading != 0)
			f.rc = template_parse_at(&a.section[i], r.part[i].text.p,
			                         span_len(r.part[i].text), name, r.part[i].line, e);
	if (f.rc < 0)
		advice_clear(&a);
	else
		*out = a;
	return f.rc;
}

void advice_clear(struct advice *a)
{
	for (int i = 0; i < ADVICE_SECTIONS; i++)
		template_free(a->section[i]);
	*a = (struct advice)ADVICE_INIT;
}

size_t advice_lint(const char *text, size_t n, const char *name, const struct view *sample,
                   const struct template_loader *loader, template_problem_fn *report, void *arg)
{
	struct reader r = { .name = name, .report = report, .arg = arg };

	read_parts(&r, text, n);
	for (int i = 0; i < ADVICE_SECTIONS; i++)
		if (r.part[i].heading != 0)
			r.count += template_lint(r.part[i].text.p, span_len(r.part[i].text), name,
			                         r.part[i].line, sample, loader, report, arg);
	return r.count;
}
