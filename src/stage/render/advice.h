/*
 * advice: what to tell about one kind of threat (handelingsperspectief): a file of four short
 * templates.
 *
 * A line "# NAME" begins a section: "# title" (one line, used in the subject and as heading), "#
 * seen" (what was seen), "# do" (what to do, the action first), "# explain" (terms; may be absent).
 * Nothing but blank lines may stand before the first.  Blank lines around a section's text do not
 * belong to it.
 * Input: files edited by hand.
 */
#ifndef SEINPOST_ADVICE_H
#define SEINPOST_ADVICE_H

#include "base.h"
#include "mustache.h"

enum advice_section { ADVICE_TITLE, ADVICE_SEEN, ADVICE_DO, ADVICE_EXPLAIN };
enum { ADVICE_SECTIONS = 4, ADVICE_TITLE_COLUMNS = 70 };
extern const char *const advice_section_words[];

struct advice {
	struct template *section[ADVICE_SECTIONS]; /* ADVICE_EXPLAIN may be NULL */
};

#define ADVICE_INIT                                                                                \
	{                                                                                          \
		{                                                                                  \
			NULL, NULL, NULL, NULL                                                     \
		}                                                                                  \
	}

/*
 * ERR_INPUT "NAME:LINE: reason": a section that is missing, unknown, twice there or empty, a title
 * of more than one line or over ADVICE_TITLE_COLUMNS columns (tags not counted), or what
 * template_parse() refuses.  Release with advice_clear(), which accepts an empty one.
 */
int advice_parse(struct advice *out, const char *text, size_t n, const char *name,
                 struct err *e) NODISCARD;
void advice_clear(struct advice *a);
/*
 * Reports all of that and all of template_lint() for each section; returns the number of problems.
 */
size_t advice_lint(const char *text, size_t n, const char *name, const struct view *sample,
                   const struct template_loader *loader, template_problem_fn *report, void *arg);

#endif
