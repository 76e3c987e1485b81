/*
 * reply_text: top posting, bottom posting and everything in between, line by line.
 *
 * Invariant: one pass over at most REPLY_LINES lines; each line is judged by itself and a few
 * behind it.
 * Input: text of a hostile mail.
 */
#include "base.h"

#include "buf.h"
#include "reply_text.h"

enum { REPLY_LINES = 600, REPLY_MAX = 24 << 10, CLOSING_MAX = 70, SENT_FROM_MAX = 200,
       SIGNER_WORDS_MAX = 3, ATTRIBUTION_LINES = 3 };

struct reply {
	struct span line[REPLY_LINES];
	int n;
	struct buf out;
	bool typed; /* something was typed */
	char name[128], first[64];
};

static bool blank(struct span s)
{
	return span_empty(span_trim(s));
}

static bool starts_with_any(struct span s, const char *const *words)
{
	char first = span_empty(s) ? '\0' : ascii_lower(*s.p);

	for (; *words != NULL; words++)
		if (**words == first && span_starts_nocase(s, *words))
			return true;
	return false;
}

static bool holds_any(struct span s, const char *const *words)
{
	for (; *words != NULL; words++)
		if (span_find_nocase(s, *words) != NULL)
			return true;
	return false;
}

static bool has_digit(struct span s)
{
	for (const char *p = s.p; p < s.end; p++)
		if (ascii_digit(*p))
			return true;
	return false;
}

static bool quoted(struct span line)
{
	line = span_trim(line);
	return !span_empty(line) && (*line.p == '>' || *line.p == '|');
}

/* "Van: ...", also with asterisks around it (Outlook for the web as text). */
static bool header_label(struct span line, const char *const *labels)
{
	line = span_trim(line);
	while (!span_empty(line) && (*line.p == '*' || *line.p == '_'))
		line.p++;
	return starts_with_any(line, labels);
}

/* Van: / Verzonden: / Aan: / Onderwerp: in the next lines: Outlook's quote. */
static bool header_block(const struct reply *r, int i)
{
	static const char *const from[] = { "van:", "van :", "from:", "von:", "de :", "de:", NULL };
	static const char *const more[] = { "verzonden:", "sent:",      "datum:",     "date:",
					    "aan:",       "to:",        "onderwerp:", "subject:",
					    "gesendet:",  "an:",        "betreff:",   "envoyé",
					    "objet",      "verstuurd:", "à :",        NULL };

	if (!header_label(r->line[i], from))
		return false;
	for (int j = i + 1; j < r->n && j <= i + 5; j++)
		if (header_label(r->line[j], more))
			return true;
	return false;
}

/* Behind the dashes of "-----Oorspronkelijk bericht-----". */
static const char *const separator_words[] = {
	"oorspronkelijk bericht", "oorspronkelijke bericht",
	"doorgestuurd bericht",   "original message",
	"original e-mail",        "forwarded message",
	"reply message",          "ursprüngliche nachricht",
	"original-nachricht",     "weitergeleitete nachricht",
	"message d'origine",      "message original",
	"message transféré",      NULL,
};

/* Without dashes: phones, helpdesks. */
static const char *const bare_separator_words[] = {
	"begin doorgestuurd bericht",
	"begin forwarded message",
	"verzoek door ",
	"request by ",
	NULL,
};

static bool separator(struct span line)
{
	struct span text = line = span_trim(line);

	if (starts_with_any(line, bare_separator_words))
		return true;
	/* GroupWise: ">>> Seinpost 02-11-2026 10:33 >>>" */
	if (span_len(line) > 8 && memcmp(line.p, ">>> ", 4) == 0 &&
	    memcmp(line.end - 3, ">>>", 3) == 0)
		return true;
	while (!span_empty(text) && strchr("-_=* ", *text.p) != NULL)
		text.p++;
	return text.p - line.p >= 2 && starts_with_any(text, separator_words);
}

/* Does this line or one of the two behind it end in a colon? */
static bool colon_at_end(const struct reply *r, int i)
{
	for (int n = 0; n < ATTRIBUTION_LINES && i + n < r->n; n++) {
		struct span line = span_trim(r->line[i + n]);

		if (!span_empty(line) && line.end[-1] == ':')
			return true;
	}
	return false;
}

/* "Op 6 mrt 2026, om 12:45 heeft X <x@y> het volgende geschreven:", over one to three lines. */
static int attribution_lines(const struct reply *r, int i)
{
	static const char *const verbs[] = { "schreef", "geschreven", "wrote",   "schrieb",
					     "a écrit", "citeren",    "quoting", NULL };
	static const char *const starts[] = { "op ", "on ", "am ", "le ", "el ", "in een ", NULL };
	struct span all = span_trim(r->line[i]);

	if (!colon_at_end(r, i))
		return 0;
	if (!starts_with_any(all, starts) && !holds_any(all, verbs))
		return 0;

	for (int n = 1; n <= ATTRIBUTION_LINES && i + n <= r->n; n++) {
		struct span last = span_trim(r->line[i + n - 1]);

		if (n > 1 && (span_empty(last) || quoted(last)))
			return 0;
		all.end = last.end;
		if (span_len(all) > 400)
			return 0;
		if (!span_empty(last) && last.end[-1] == ':' && holds_any(all, verbs) &&
		    (has_digit(all) || memchr(all.p, '@', span_len(all)) != NULL))
			return n;
	}
	return 0;
}

static bool rule_line(struct span line)
{
	int n = 0;

	line = span_trim(line);
	for (const char *p = line.p; p < line.end; p++, n++)
		if (*p != '_' && *p != '-' && *p != '=' && *p != '*')
			return false;
	return n >= 8;
}

/* A rule followed by "Seinpost, 22-03-2026 13:08": a helpdesk's history. */
static bool history(const struct reply *r, int i)
{
	for (int j = i + 1; rule_line(r->line[i]) && j < r->n && j <= i + 2; j++) {
		struct span next = span_trim(r->line[j]);

		if (span_empty(next))
			continue;
		return span_len(next) < 80 && has_digit(next) &&
		       memchr(next.p, ':', span_len(next)) != NULL;
	}
	return false;
}

/* Lines of the frame that helpdesks put around an answer. */
static bool frame(struct span line)
{
	static const char *const frames[] = {
		"##-",
		"antwoord boven deze regel",
		"typ uw antwoord boven",
		"reply above this line",
		"please type your reply above",
		"verzoek bekijken",
		"view request",
		"—-—-",
		NULL,
	};

	line = span_trim(line);
	return starts_with_any(line, frames);
}

/* The begin of a clearsigned text, with its header: which hash.  0 where none is. */
static int armour_lines(const struct reply *r, int i)
{
	int n = 1;

	if (!span_starts_nocase(r->line[i], "-----BEGIN PGP SIGNED MESSAGE"))
		return 0;
	while (i + n < r->n && span_starts_nocase(r->line[i + n], "Hash: "))
		n++;
	return n;
}

/*
 * "Petra Hofsteenge heeft gereageerd:", "Willem Aarnoutse, 23 Mar 2026, 19:34 CET", "Behandelaar
 * Petra Hofsteenge schreef op 16-03-2026 14:26:": the writer wrote what follows.
 */
static bool byline(const struct reply *r, struct span line)
{
	static const char *const verbs[] = { "heeft gereageerd", "heeft geantwoord", "replied:",
					     "commented:",       "responded:",       NULL };

	line = span_trim(line);
	if (span_empty(line) || span_len(line) > 90)
		return false;
	if (line.end[-1] == ':' && holds_any(line, verbs))
		return true;
	if (r->name[0] == '\0' || !has_digit(line))
		return false;
	if (span_starts_nocase(line, r->name))
		return memchr(line.p, ',', span_len(line)) != NULL;
	return line.end[-1] == ':' && span_find_nocase(line, r->name) != NULL &&
	       span_find_nocase(line, " schreef op ") != NULL;
}

static const char *const closing_words[] = {
	"-- ",
	"met vriendelijke groet",
	"met vriendelijk groet",
	"vriendelijke groet",
	"met hartelijke groet",
	"hartelijke groet",
	"mvg",
	"m.v.g",
	"groet,",
	"groeten",
	"groetjes",
	"gr,",
	"gr.",
	"hoogachtend",
	"kind regards",
	"best regards",
	"regards",
	"best wishes",
	"best,",
	"sincerely",
	"cheers",
	"yours ",
	"met groet",
	"mit freundlichen",
	"freundliche gr",
	"viele gr",
	"cordialement",
	"bien à vous",
	"vriendelijk groet",
	"warm regards",
	"- -- ",
	NULL,
};

static const char *const sent_from_words[] = {
	"verstuurd vanaf",
	"verzonden vanaf",
	"verzonden met",
	"verstuurd met",
	"verzonden via",
	"verstuurd via",
	"sent from",
	"sent with",
	"sent via",
	"get outlook",
	"download outlook",
	"outlook voor",
	"outlook for",
	"van mijn telefoon",
	"gesendet mit",
	"gesendet von",
	"envoyé depuis",
	"envoyé de mon",
	NULL,
};

/* "Cheers, will sort it out this afternoon": a line that says more than who writes. */
static bool says_more(struct span line)
{
	struct span head;
	int words = 0;

	if (!span_until(&line, ',', &head))
		return false;
	for (const char *p = line.p; p < line.end; p++)
		words += ascii_space(*p) && p + 1 < line.end && !ascii_space(p[1]);
	return words > SIGNER_WORDS_MAX;
}

/* "Piet Jansen | Jansen Opgelost | bel mij: 020 ...": a signature in one line. */
static bool signature_line(struct span line)
{
	struct span head;
	int parts = 0;

	while (span_until(&line, '|', &head))
		parts++;
	return parts >= 2;
}

static bool closing(const struct reply *r, struct span line)
{
	line = span_trim(line);
	if (r->typed && signature_line(line))
		return true;
	if (span_equals_str(line, "--") || span_equals_str(line, "- --"))
		return true;
	if (span_len(line) <= SENT_FROM_MAX && starts_with_any(line, sent_from_words))
		return true;
	if (span_len(line) > CLOSING_MAX)
		return false;
	if (starts_with_any(line, closing_words))
		return r->typed || !says_more(line);
	if (span_equals_nocase(line, "groet") || span_equals_nocase(line, "best"))
		return true;
	return r->typed && r->name[0] != '\0' &&
	       (span_equals_nocase(line, r->name) || span_equals_nocase(line, r->first));
}

static const char *const disclaimer_words[] = {
	"disclaimer",
	"the contents of this message may be",
	"dit bericht kan vertrouwelijke",
	"dit e-mailbericht",
	"dit bericht is uitsluitend",
	"de informatie in dit",
	"de informatie verzonden",
	"this e-mail and any",
	"this email and any",
	"this message and any",
	"this message is intended",
	"this message may contain",
	"the information contained",
	"the information in this",
	"if you have received this",
	"if you received this in error",
	"de informatie in deze",
	"deze e-mail is",
	"deze e-mail kan",
	"deze e-mail en",
	"this communication",
	"confidential",
	"vertrouwelijk",
	"om u af te melden",
	"denk aan het milieu",
	"please consider the environment",
	"-----begin pgp signature",
	"aan dit bericht kunnen geen rechten",
	"op al onze",
	NULL,
};

static bool disclaimer(struct span line)
{
	return starts_with_any(span_trim(line), disclaimer_words);
}

static void take(struct reply *r, struct span line)
{
	buf_add(&r->out, line.p, span_len(line));
	buf_addch(&r->out, '\n');
	r->typed = r->typed || !blank(line);
}

/* Does a quote with '>' follow (blank lines between)? */
static bool quote_follows(const struct reply *r, int i)
{
	for (; i < r->n; i++)
		if (!blank(r->line[i]))
			return quoted(r->line[i]);
	return false;
}

/* Behind a signature: the next quote, where a bottom poster's text may follow. */
static int skip_signature(const struct reply *r, int i)
{
	while (i < r->n && !quoted(r->line[i]) && !header_block(r, i) && !separator(r->line[i]) &&
	       attribution_lines(r, i) == 0)
		i++;
	return i;
}

/* The whole rest is quote; typed text may stand below its last line with our reference. */
static void below_quote(struct reply *r, int from, const char *reference)
{
	int last = -1;

	if (r->typed || reference[0] == '\0')
		return;
	for (int i = from; i < r->n; i++)
		if (span_find_nocase(r->line[i], reference) != NULL)
			last = i;
	if (last < 0)
		return;
	for (int i = last + 1; i < r->n && !disclaimer(r->line[i]); i++) {
		if (closing(r, r->line[i]))
			return;
		take(r, r->line[i]);
	}
}

/* "ONTVANGEN     wij kijken ernaar": our mail explains its words so. */
static bool legend(struct span line)
{
	size_t letters = 0;

	line = span_trim(line);
	while (letters < span_len(line) && letters < 24 &&
	       ((line.p[letters] >= 'A' && line.p[letters] <= 'Z') ||
		(line.p[letters] == ' ' && letters + 1 < span_len(line) &&
		 line.p[letters + 1] != ' ')))
		letters++;
	return letters >= 6 && span_len(line) > letters + 4 && line.p[letters] == ' ' &&
	       line.p[letters + 1] == ' ';
}

/* Our mail below the answer without any mark of a quote: a greeting, and the legend behind it. */
static bool unmarked_quote(const struct reply *r, int i)
{
	static const char *const greetings[] = { "geachte", "beste ", "dear ", "l.s.", NULL };

	if (!r->typed || !starts_with_any(span_trim(r->line[i]), greetings))
		return false;
	for (int j = i + 1; j < r->n && j < i + 40; j++) {
		if (quoted(r->line[j]) || header_block(r, j) || separator(r->line[j]))
			return false;
		if (legend(r->line[j]))
			return true;
	}
	return false;
}

static void read_lines(struct reply *r, const char *reference)
{
	int i = 0, n;

	while (i < r->n) {
		struct span line = r->line[i];

		if (header_block(r, i) || separator(line) || history(r, i) ||
		    unmarked_quote(r, i)) {
			below_quote(r, i, reference);
			return;
		} else if (quoted(line) || frame(line) || byline(r, line) || rule_line(line)) {
			i++;
		} else if ((n = armour_lines(r, i)) > 0) {
			i += n;
		} else if ((n = attribution_lines(r, i)) > 0) {
			i += n;
			if (!quote_follows(r, i)) {
				below_quote(r, i, reference);
				return;
			}
		} else if (closing(r, line) || disclaimer(line)) {
			i = skip_signature(r, i + 1);
		} else {
			take(r, line);
			i++;
		}
	}
}

/* "Frits Nijenkamp" <frits@...> -> name and first name. */
static void writer_name(struct reply *r, const char *writer)
{
	struct span s = span_str(writer), name = s;
	const char *open = memchr(s.p, '<', span_len(s));

	if (open == NULL)
		return;
	name = span_trim((struct span){ s.p, open });
	while (!span_empty(name) && (*name.p == '"' || *name.p == '\''))
		name.p++;
	while (!span_empty(name) && (name.end[-1] == '"' || name.end[-1] == '\''))
		name.end--;
	if (span_len(name) < 3 || span_len(name) >= sizeof(r->name))
		return;
	memcpy(r->name, name.p, span_len(name));
	for (size_t i = 0; i + 1 < sizeof(r->first) && r->name[i] != '\0' && r->name[i] != ' '; i++)
		r->first[i] = r->name[i];
}

void subject_reference(char *out, size_t size, const char *subject)
{
	const char *open = strrchr(subject, '['), *close = open ? strchr(open, ']') : NULL;

	out[0] = '\0';
	if (close == NULL || (size_t)(close - open - 1) >= size || close - open - 1 < 6)
		return;
	memcpy(out, open + 1, (size_t)(close - open - 1));
	out[close - open - 1] = '\0';
}

struct span reply_typed(struct arena *a, struct span text, const char *writer,
			const char *reference)
{
	struct reply *r = arena_take(a, sizeof(*r));
	struct span line, result;

	if (span_len(text) > REPLY_MAX)
		text.end = text.p + REPLY_MAX;
	r->n = 0;
	r->out = (struct buf)BUF_INIT;
	r->typed = false;
	memset(r->name, 0, sizeof(r->name));
	memset(r->first, 0, sizeof(r->first));
	writer_name(r, writer);
	if (span_len(text) >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0)
		text.p += 3;
	while (r->n < REPLY_LINES && span_line(&text, &line))
		r->line[r->n++] = line;
	read_lines(r, reference);
	result = span_trim(span_str(arena_strndup(a, r->out.s, r->out.len)));
	buf_clear(&r->out);
	return result;
}
