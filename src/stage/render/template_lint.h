/*
 * template_lint: everything that is wrong with a template, before a mail is made of it.
 *
 * Reports all problems, not only the first: what the parser refuses, names the view does not have,
 * partials that are not there, a list, map or truth value in the place of a text, bytes that are
 * not UTF-8, control characters, tabs, CR and lines of plain text (tags not counted) over
 * LINT_COLUMNS columns.
 * Input: a file edited by hand.
 */
#ifndef SEINPOST_TEMPLATE_LINT_H
#define SEINPOST_TEMPLATE_LINT_H

#include "base.h"
#include "mustache.h"

enum { LINT_COLUMNS = 76 };

/*
 * sample holds every name the template may use, with values of the right type: lists have an item,
 * maps that may be false are maps.  Partials are read through loader (may be NULL) and held to the
 * same rules, each once.
 * first_line: the number of the text's first line in its file.  Returns the number of problems.
 */
size_t template_lint(const char *text, size_t n, const char *name, unsigned first_line,
                     const struct view *sample, const struct template_loader *loader,
                     template_problem_fn *report, void *arg);

#endif
