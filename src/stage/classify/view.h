/*
 * view: what the rules look at: a mail's sender, subject and text, read once.
 */
#ifndef SEINPOST_VIEW_H
#define SEINPOST_VIEW_H

#include "hay.h"
#include "mime_walk.h"

struct view {
	struct mail *m;
	struct arena *a;
	const char *from, *subject; /* decoded */
	struct hay subject_hay;
	struct span text; /* all outside returned messages, no attachment; HTML as text */
	const struct mail_part *text_part, *last_part; /* where it begins and ends; NULL for none */
	char reference[64]; /* of our mail, as the subject has it; "" for none */
	/* read where it is asked for: view_typed(), view_report_text(), view_report_hay() */
	bool has_typed, has_report_text, has_report_hay;
	struct span typed;
	struct span report_text;
	struct hay report_hay;
	bool system_sender;  /* From names a mail system */
	bool system_address; /* ... by its address, not by words in the name */
	bool list_mail;      /* List-Id and the like: sent to many */
	bool null_sender;   /* Return-Path: <> */
	bool reply_prefix;  /* Subject begins with Re:, Antw:, FW: ... */
	bool references;    /* In-Reply-To or References */
};

void view_init(struct view *v, struct mail *m);
/* What the writer typed of the text: reply_typed(). */
struct span view_typed(struct view *v);
/* The texts of a report up to the returned message. */
struct span view_report_text(struct view *v);
const struct hay *view_report_hay(struct view *v);
/* Does the mail carry the one it is about, or its header: as a part, or behind its text? */
bool view_returned_mail(const struct view *v);
/*
 * The first part of a type outside returned messages, NULL for none.
 */
const struct mail_part *view_part(const struct view *v, const char *type);
/* The subject without Re:, FW:, Antw: and the like. */
const char *subject_bare(const char *subject);

#endif
