/*
 * deliver_judge: answers -> outcome.
 *
 * Invariant: accepted needs 2xx to RCPT, 2xx to the body and the library's "complete"; unknown
 * needs a body that was read to its end.  Input: reply codes and texts of the far side (hostile);
 * any number and any byte may come.
 */
#include "base.h"
#include "deliver_judge.h"
#include "num.h"
#include "span.h"
#include "utf8.h"

const char *const deliver_tls_words[] = { "none", "opportunistic", "required", NULL };
const char *const deliver_progress_words[] = {
	"not_started", "envelope", "body", "body_end", NULL,
};

enum { AUTH_REQUIRED = 530 }; /* RFC 4954 6 */

enum outcome deliver_outcome(enum deliver_progress progress)
{
	switch (progress) {
	case DELIVER_NOT_STARTED:
		return OUTCOME_NOT_TRIED;
	case DELIVER_BODY_END:
		return OUTCOME_UNKNOWN;
	default:
		return OUTCOME_DEFERRED;
	}
}

static bool is_success(int code)
{
	return code >= 200 && code <= 299;
}

static bool is_refusal(int code)
{
	return code >= 400 && code <= 599;
}

static struct deliver_judgement refusal(int code, const char *stage)
{
	bool final = code >= 500 && code != AUTH_REQUIRED;

	return (struct deliver_judgement){ final ? OUTCOME_REFUSED : OUTCOME_DEFERRED, code,
		                           stage };
}

static struct deliver_judgement judge_body(const struct deliver_answers *a)
{
	const char *stage = a->body_end ? "dot" : "data";

	if (is_success(a->data) && a->complete)
		return (struct deliver_judgement){ OUTCOME_ACCEPTED, a->data, stage };
	if (is_refusal(a->data))
		return refusal(a->data, stage);
	/* a 354, or a 2xx to some chunk of the body, is no answer to the mail */
	return (struct deliver_judgement){ a->body_end ? OUTCOME_UNKNOWN : OUTCOME_DEFERRED, 0,
		                           stage };
}

struct deliver_judgement deliver_judge(const struct deliver_answers *a)
{
	/* "554 no valid recipients" to DATA must not hide the recipient's own answer */
	if (is_refusal(a->rcpt))
		return refusal(a->rcpt, "rcpt");
	if (is_success(a->rcpt))
		return judge_body(a);
	if (is_refusal(a->mail))
		return refusal(a->mail, "mail");
	if (a->mail != 0)
		return (struct deliver_judgement){ OUTCOME_DEFERRED, a->rcpt, "rcpt" };
	return (struct deliver_judgement){ OUTCOME_NOT_TRIED, 0, "mail" };
}

/* Takes "5.1.1" off the front of *s; false where there is none of that class. */
static bool take_status(char *out, size_t size, struct span *s, int class)
{
	struct span rest = *s, word;
	int64_t part[3];
	char text[16];

	span_until(&rest, ' ', &word);
	if (span_len(word) >= sizeof(text))
		return false;
	memcpy(text, word.p, span_len(word));
	text[span_len(word)] = '\0';
	for (int i = 0; i < 3; i++) {
		char digits[sizeof(text)];
		struct span number;

		if (span_until(&word, '.', &number) != (i < 2))
			return false;
		memcpy(digits, number.p, span_len(number));
		digits[span_len(number)] = '\0';
		if (!num_parse(&part[i], digits, 0, 999))
			return false;
	}
	/* "05.51.1" is none (RFC 3463, 2) */
	if (part[0] != class || text[1] != '.')
		return false;
	snprintf(out, size, "%s", text);
	*s = span_trim(rest);
	return true;
}

void deliver_set_text(struct attempt_result *r, const char *text)
{
	struct buf joined = BUF_INIT, shown = BUF_INIT;
	struct span all = span_str(text == NULL ? "" : text), line;

	while (span_line(&all, &line)) {
		line = span_trim(line);
		(void)take_status(r->status, sizeof(r->status), &line, r->code / 100);
		if (joined.len > 0 && !span_empty(line))
			buf_addch(&joined, ' ');
		buf_add(&joined, line.p, span_len(line));
	}
	utf8_printable(&shown, joined.s, joined.len, sizeof(r->text) - 1, true);
	snprintf(r->text, sizeof(r->text), "%s", shown.s);
	buf_clear(&joined);
	buf_clear(&shown);
}
