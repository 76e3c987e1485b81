/*
 * answer_table: reads one line of a table of answers.
 *
 * Input: files of the project itself.
 */
#include "base.h"

#include "answer_table.h"
#include "err.h"
#include "word.h"

enum { NAME_MAX_BYTES = 31 };

static struct span unescape(struct arena *a, struct span s)
{
	char *out = arena_strndup(a, s.p, span_len(s)), *to = out;

	for (const char *p = s.p; p < s.end; p++)
		if (*p == '\\' && s.end - p > 1 && p[1] == 'n') {
			*to++ = '\n';
			p++;
		} else {
			*to++ = *p;
		}
	return (struct span){ out, to };
}

int answer_table_line(enum verdict_answer *answer, struct span *text, struct arena *a,
                      struct span line)
{
	struct span name;
	int value;

	if (span_empty(line) || *line.p == '#')
		return 0;
	if (!span_until(&line, '\t', &name) || span_len(name) > NAME_MAX_BYTES ||
	    !word_parse(&value, verdict_answer_words, arena_strndup(a, name.p, span_len(name))))
		return ERR_INPUT;
	*answer = (enum verdict_answer)value;
	*text = unescape(a, line);
	return 1;
}
