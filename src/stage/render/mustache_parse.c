/*
 * mustache_parse: text of a template -> nodes.
 *
 * Invariant: whatever the text, each section node has its NODE_CLOSE behind it, and sections lie
 * inside each other.
 * Input: files edited by hand: every problem is reported with its line, and reading goes on behind
 * it.
 */
#include "base.h"
#include "alloc.h"
#include "span.h"
#include "template.h"
#include "utf8.h"

enum { DELIMITER_MAX = 16, PROBLEM_TEXT = 200 };

struct delimiter {
	char s[DELIMITER_MAX];
	size_t n;
};

struct parser {
	struct template *t;
	size_t pos;    /* behind what was read */
	unsigned line; /* the one pos stands in */
	struct delimiter open, close;
	size_t section[TEMPLATE_SECTIONS]; /* nodes of the sections that are open */
	size_t depth;
	template_problem_fn *report;
	void *arg;
};

/* One tag as it stands in the text: [from, to) with its delimiters. */
struct tag {
	size_t from, to;
	unsigned line;
	char sigil;          /* one of "#^/>&{!=", or 0 for a plain variable */
	struct span content; /* without sigil and blanks */
};

static void problem(struct parser *p, unsigned line, const char *fmt, ...) PRINTF_LIKE(3, 4);

static void problem(struct parser *p, unsigned line, const char *fmt, ...)
{
	char text[PROBLEM_TEXT];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	p->report(p->arg, p->t->name, line, text);
}

static unsigned count_lines(const struct template *t, size_t from, size_t to)
{
	unsigned n = 0;

	for (; from < to; from++)
		n += t->text[from] == '\n';
	return n;
}

static struct node *add_node(struct parser *p, enum node_kind kind, unsigned line, const char *s,
                             size_t n)
{
	struct template *t = p->t;

	grow_array(&t->node, &t->cap_node, t->n_node + 1, sizeof(*t->node));
	t->node[t->n_node] = (struct node){ .kind = kind, .line = line, .s = s, .n = n };
	return &t->node[t->n_node++];
}

static bool starts_line(const struct template *t, size_t pos)
{
	return pos == 0 || t->text[pos - 1] == '\n';
}

/* One node a line, so that the indentation of a partial has a place to stand. */
static void add_text(struct parser *p, size_t from, size_t to)
{
	const struct template *t = p->t;

	for (unsigned line = p->line; from < to; line++) {
		const char *nl = memchr(t->text + from, '\n', to - from);
		size_t end = nl == NULL ? to : (size_t)(nl - t->text) + 1;
		struct node *n = add_node(p, NODE_TEXT, line, t->text + from, end - from);

		n->line_start = starts_line(t, from);
		from = end;
	}
}

static size_t find(const struct template *t, size_t from, const char *needle, size_t n)
{
	const char *hit = memmem(t->text + from, t->n - from, needle, n);

	return hit == NULL ? SIZE_MAX : (size_t)(hit - t->text);
}

/* Finds the tag that begins at from; false where it has no end. */
static bool read_tag(struct parser *p, struct tag *tag, size_t from)
{
	const struct template *t = p->t;
	size_t start = from + p->open.n, end;
	char close[DELIMITER_MAX + 1];
	size_t n_close = p->close.n;

	while (start < t->n && (t->text[start] == ' ' || t->text[start] == '\t'))
		start++;
	*tag = (struct tag){ .from = from, .line = p->line + count_lines(t, p->pos, from) };
	if (start < t->n && strchr("#^/>&{!=", t->text[start]) != NULL && t->text[start] != '\0')
		tag->sigil = t->text[start++];
	memcpy(close + 1, p->close.s, n_close);
	close[0] = tag->sigil == '{' ? '}' : '=';
	if (tag->sigil == '{' || tag->sigil == '=')
		end = find(t, start, close, ++n_close);
	else
		end = find(t, start, close + 1, n_close);
	if (end == SIZE_MAX)
		return false;
	tag->content = span_trim(span_of(t->text + start, end - start));
	tag->to = end + n_close;
	return true;
}

/*
 * Does the tag have its lines to itself?  Then *begin is where the first of them begins and *next
 * where the line behind begins.  A tag read before on the same line ends at p->pos, so there is no
 * need to look further back.
 */
static bool stands_alone(const struct parser *p, const struct tag *tag, size_t *begin, size_t *next)
{
	const struct template *t = p->t;
	size_t i = tag->to;

	*begin = tag->from;
	while (*begin > p->pos && ascii_blank(t->text[*begin - 1]))
		--*begin;
	if (!starts_line(t, *begin))
		return false;
	while (i < t->n && ascii_blank(t->text[i]))
		i++;
	if (i < t->n && t->text[i] == '\r')
		i++;
	if (i < t->n && t->text[i] != '\n')
		return false;
	*next = i < t->n ? i + 1 : i;
	return true;
}

static bool name_char(char c)
{
	return ascii_alnum(c) || c == '_' || c == '-';
}

/* "a", "a.b", ".": parts of name characters with single dots between. */
static bool name_valid(struct span s)
{
	bool in_part = false;

	if (span_equals_str(s, "."))
		return true;
	for (const char *c = s.p; c < s.end; c++) {
		if (*c == '.' ? !in_part : !name_char(*c))
			return false;
		in_part = *c != '.';
	}
	return in_part;
}

static bool check_name(struct parser *p, const struct tag *tag)
{
	if (name_valid(tag->content))
		return true;
	if (span_empty(tag->content))
		problem(p, tag->line, "tag without a name");
	else
		problem(p, tag->line,
		        "'%.*s' is no name: use letters, digits, '_', '-' and single dots",
		        (int)(span_len(tag->content) > 40 ? 40 : span_len(tag->content)),
		        tag->content.p);
	return false;
}

static void open_section(struct parser *p, const struct tag *tag)
{
	struct node *n;

	if (p->depth == TEMPLATE_SECTIONS) {
		problem(p, tag->line, "sections nested deeper than %d", TEMPLATE_SECTIONS);
		return;
	}
	n = add_node(p, tag->sigil == '#' ? NODE_SECTION : NODE_INVERTED, tag->line, tag->content.p,
	             span_len(tag->content));
	p->section[p->depth++] = (size_t)(n - p->t->node);
}

static void close_innermost(struct parser *p, unsigned line)
{
	struct node *open = &p->t->node[p->section[--p->depth]];
	const char *s = open->s;
	size_t n = open->n;

	open->close = p->t->n_node;
	add_node(p, NODE_CLOSE, line, s, n);
}

static void complain_unclosed(struct parser *p)
{
	const struct node *open = &p->t->node[p->section[p->depth - 1]];

	problem(p, open->line, "section '%.*s' is not closed", (int)open->n, open->s);
}

static bool node_named(const struct node *n, struct span name)
{
	return span_equal(span_of(n->s, n->n), name);
}

/* Closes the section of that name; those opened inside of it and still open are reported. */
static void close_section(struct parser *p, const struct tag *tag)
{
	size_t d = p->depth;

	while (d > 0 && !node_named(&p->t->node[p->section[d - 1]], tag->content))
		d--;
	if (d == 0) {
		problem(p, tag->line, "'/%.*s' closes a section that is not open",
		        (int)span_len(tag->content), tag->content.p);
		return;
	}
	for (; p->depth > d; close_innermost(p, tag->line))
		complain_unclosed(p);
	close_innermost(p, tag->line);
}

static bool set_delimiter(struct delimiter *d, struct span s)
{
	if (span_empty(s) || span_len(s) > sizeof(d->s) || memchr(s.p, '=', span_len(s)) != NULL)
		return false;
	d->n = span_len(s);
	memcpy(d->s, s.p, d->n);
	return true;
}

static void set_delimiters(struct parser *p, const struct tag *tag)
{
	struct delimiter open, close;
	struct span s = tag->content, first = { s.p, s.p };

	while (first.end < s.end && !ascii_space(*first.end))
		first.end++;
	s = span_trim((struct span){ first.end, s.end });
	for (const char *c = s.p; c < s.end; c++)
		if (ascii_space(*c))
			s.end = s.p;
	if (!set_delimiter(&open, first) || !set_delimiter(&close, s)) {
		problem(p, tag->line,
		        "delimiters must be two words without '=', as in {{=<%% %%>=}}");
		return;
	}
	p->open = open;
	p->close = close;
}

static void add_partial(struct parser *p, const struct tag *tag, bool alone, size_t begin)
{
	struct node *n =
		add_node(p, NODE_PARTIAL, tag->line, tag->content.p, span_len(tag->content));

	n->standalone = alone;
	if (alone) {
		n->indent = p->t->text + begin;
		n->n_indent = tag->from - begin;
	}
}

static void add_tag(struct parser *p, const struct tag *tag, bool alone, size_t begin)
{
	if (tag->sigil == '=') {
		set_delimiters(p, tag);
	} else if (tag->sigil != '!' && check_name(p, tag)) {
		switch (tag->sigil) {
		case '#':
		case '^':
			open_section(p, tag);
			break;
		case '/':
			close_section(p, tag);
			break;
		case '>':
			add_partial(p, tag, alone, begin);
			break;
		default:
			add_node(p, tag->sigil == 0 ? NODE_VALUE : NODE_VALUE_RAW, tag->line,
			         tag->content.p, span_len(tag->content));
			break;
		}
	}
}

/* Reads the text up to the next tag, and the tag; false at the end. */
static bool read_step(struct parser *p)
{
	struct template *t = p->t;
	size_t from = find(t, p->pos, p->open.s, p->open.n), begin = 0, next = 0;
	struct tag tag;
	bool alone;

	if (from == SIZE_MAX) {
		add_text(p, p->pos, t->n);
		return false;
	}
	if (!read_tag(p, &tag, from)) {
		problem(p, tag.line, "tag is not closed");
		return false;
	}
	/* a variable prints something, so its line is never taken away */
	alone = tag.sigil != 0 && tag.sigil != '&' && tag.sigil != '{' &&
	        stands_alone(p, &tag, &begin, &next);
	add_text(p, p->pos, alone ? begin : from);
	if (!alone && starts_line(t, from))
		add_node(p, NODE_TEXT, tag.line, t->text + from, 0)->line_start = true;
	add_tag(p, &tag, alone, begin);
	next = alone ? next : tag.to;
	p->line = tag.line + count_lines(t, from, next);
	p->pos = next;
	return true;
}

static void read_all(struct parser *p)
{
	while (read_step(p))
		;
	for (; p->depth > 0; close_innermost(p, p->line))
		complain_unclosed(p);
}

/* Texts that stand behind each other are printed at once. */
static void join_texts(struct template *t)
{
	for (size_t i = t->n_node; i-- > 0;) {
		struct node *n = &t->node[i];
		const struct node *next = i + 1 < t->n_node ? n + 1 : NULL;

		n->n_run = n->n;
		n->run_nodes = 1;
		if (n->kind != NODE_TEXT || next == NULL || next->kind != NODE_TEXT ||
		    next->s != n->s + n->n)
			continue;
		n->n_run += next->n_run;
		n->run_nodes += next->run_nodes;
	}
}

struct template *template_read(const char *text, size_t n, const char *name, unsigned first_line,
                               template_problem_fn *report, void *arg)
{
	struct template *t = xcalloc(1, sizeof(*t));
	struct parser p = { .t = t,
		            .line = first_line,
		            .open = { "{{", 2 },
		            .close = { "}}", 2 },
		            .report = report,
		            .arg = arg };
	size_t bad;

	t->name = xstrdup(name);
	t->first_line = first_line;
	t->text = xmalloc(n + 1);
	t->text[n] = '\0';
	if (n > TEMPLATE_MAX) {
		problem(&p, first_line, "larger than %d bytes", TEMPLATE_MAX);
		return t;
	}
	if (n > 0)
		memcpy(t->text, text, n);
	t->n = n;
	bad = utf8_check(text, n);
	if (bad != SIZE_MAX)
		problem(&p, first_line + count_lines(t, 0, bad), "not UTF-8");
	read_all(&p);
	join_texts(t);
	return t;
}

void template_keep_first(void *arg, const char *name, unsigned line, const char *text)
{
	struct first_problem *f = arg;

	if (f->rc == 0)
		f->rc = err_set(f->e, ERR_INPUT, "%s:%u: %s", name, line, text);
}

int template_parse_at(struct template **out, const char *text, size_t n, const char *name,
                      unsigned first_line, struct err *e)
{
	struct first_problem f = { e, 0 };
	struct template *t = template_read(text, n, name, first_line, template_keep_first, &f);

	if (f.rc < 0)
		template_free(t);
	else
		*out = t;
	return f.rc;
}

int template_parse(struct template **out, const char *text, size_t n, const char *name,
                   struct err *e)
{
	return template_parse_at(out, text, n, name, 1, e);
}

void template_free(struct template *t)
{
	struct partial *p, *next;

	if (t == NULL)
		return;
	for (p = t->partials; p != NULL; p = next) {
		next = p->next;
		template_free(p->t);
		free(p->name);
		free(p);
	}
	free(t->node);
	free(t->text);
	free(t->name);
	free(t);
}
