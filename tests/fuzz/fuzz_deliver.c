/*
 * fuzz_deliver: what a server may say, in any pieces, to the state machine behind the monitor
 * callback and to the reader of reply texts.  A line that begins with '>' is one of ours.
 */
#include "test.h"

#include "deliver_judge.h"
#include "deliver_watch.h"
#include "span.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds, const char *what)
{
	if (!holds)
		bug("fuzz_deliver: %s", what);
}

static void check_shown(const char *s)
{
	check(utf8_check(s, strlen(s)) == SIZE_MAX, "text is no UTF-8");
	for (; *s != '\0'; s++)
		check((unsigned char)*s >= ' ' && *s != 0x7f, "control character shown");
}

static void say(struct deliver_watch *w, struct span line)
{
	char *bytes = exact_copy(line.p, span_len(line));
	enum watch_alarm before = w->alarm, now;

	if (span_len(line) > 0 && bytes[0] == '>')
		now = watch_wrote(w, bytes + 1, span_len(line) - 1, 0);
	else
		now = watch_read(w, bytes, span_len(line), 0);
	check(now == w->alarm, "alarm told is not the alarm kept");
	check(before == WATCH_FINE || now == before, "an alarm went away");
	free(bytes);
}

static void check_text(const uint8_t *data, size_t size)
{
	struct attempt_result r = { .code = 550 };
	char *text = xstrndup((const char *)data, size);

	deliver_set_text(&r, text);
	check_shown(r.text);
	check_shown(r.status);
	check(r.status[0] == '\0' || r.status[0] == '5', "status of another class");
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span rest = span_of(data, size);
	struct deliver_watch w;
	char trouble[REPLY_TEXT_MAX];

	watch_open(&w, 1000, size % 2 == 1, size % 3 == 1);
	watch_connected(&w, 0);
	while (!span_empty(rest)) {
		const char *lf = memchr(rest.p, '\n', span_len(rest));
		size_t n = lf == NULL ? span_len(rest) : (size_t)(lf - rest.p) + 1;
		struct span line;

		/* our own lines whole, the server's in pieces that depend on the input */
		if (rest.p[0] != '>' && n > 1)
			n = 1 + (unsigned char)rest.p[0] % n;
		if (!span_take(&rest, n, &line))
			break;
		say(&w, line);
	}
	check_shown(w.greeting);
	check_shown(watch_trouble(trouble, &w));
	check_text(data, size);
	return 0;
}
