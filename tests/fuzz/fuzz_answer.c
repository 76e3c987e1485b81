/*
 * fuzz_answer: text of replies; the first line is the subject.
 */
#include "base.h"

#include "answer.h"
#include "html_text.h"
#include "reply_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a = ARENA_INIT;
	struct span text = span_of(data, n), subject, typed;
	char reference[64], *line;

	span_line(&text, &subject);
	line = arena_strndup(&a, n > 0 ? subject.p : "", n > 0 ? span_len(subject) : 0);
	subject_reference(reference, sizeof(reference), line);
	typed = reply_typed(&a, text, "\"Jan Jansen\" <jan@klant.example>", reference);
	(void)answer_read(&a, typed, line);
	(void)reply_typed(&a, html_to_text(&a, text), line, reference);
	arena_clear(&a);
	return 0;
}
