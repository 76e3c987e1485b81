/*
 * phrases: what systems and people write, as data.  One line a phrase; the comment behind it says
 * who writes it.
 *
 * Phrases for struct hay: lower case, single blanks, "@" for an address, '*' for up to HAY_GAP
 * bytes.  A phrase is as short as it can be without fitting something else; no whole sentences, no
 * names of hosts or people.
 */
#ifndef SEINPOST_PHRASES_H
#define SEINPOST_PHRASES_H

#include "verdict.h"

/*
 * Why a delivery failed.  The heaviest phrase wins, the first of equals; codes weigh as reason.c
 * says (a specific enhanced code between PHRASE_WEAK and PHRASE_PLAIN).
 */
enum { PHRASE_WEAK = 10, PHRASE_PLAIN = 20, PHRASE_STRONG = 30, PHRASE_DECIDES = 40 };

struct reason_phrase {
	const char *text;
	enum verdict_reason reason;
	int weight;
};

extern const struct reason_phrase phrases_address[];   /* user, domain, full, disabled */
extern const struct reason_phrase phrases_policy[];    /* policy */
extern const struct reason_phrase phrases_refused[];   /* size, content, rate */
extern const struct reason_phrase phrases_transport[]; /* network, system */
extern const struct reason_phrase phrases_providers[]; /* codes and texts of single providers */
extern const struct reason_phrase phrases_reason_abroad[]; /* neither English nor Dutch */

/* the refusal came before any recipient was named */
extern const char *const phrases_sender_stage[];
extern const char *const phrases_greylist[]; /* put off because we are new here */
extern const char *const phrases_later[];    /* come again, which may mean the same */

/* Lists of plain words, NULL at the end. */
/* line starts: from here on it is the returned message */
extern const char *const phrases_returned_message[];
/* "Recipient:" and the like before an address */
extern const char *const phrases_recipient_label[];
extern const char *const phrases_weak_label[]; /* "To:", where no better label is */
extern const char *const phrases_bounce_subject[];
extern const char *const phrases_bounce_text[];
extern const char *const phrases_subject_abroad[]; /* neither English nor Dutch */
extern const char *const phrases_bounce_abroad[];
extern const char *const phrases_delay_abroad[];
/* in subjects of mails about mails of others, and of an MTA to its keeper */
extern const char *const phrases_notice_subject[];
extern const char *const phrases_keeper_subject[];
extern const char *const phrases_leave_list[]; /* in the text of what is sent to many */
extern const char *const phrases_person[]; /* in the text, where the sender is no mail system */
extern const char *const phrases_delay_text[];
/* final although the words of a delay occur too */
extern const char *const phrases_final_text[];
extern const char *const phrases_delay_decides[]; /* a delay whatever else is said */
extern const char *const phrases_system_sender[]; /* in From, besides addr_is_system() */
extern const char *const phrases_machine_sender[];   /* in From: nobody reads what comes back */
extern const char *const phrases_bounce_plain[];     /* plain enough for such a sender */
extern const char *const phrases_list_sender[];   /* in From: keepers of mailing lists */
extern const char *const phrases_list_refusal[];

/* Robots that are no mail system. */
struct robot_phrase {
	const char *text;
	const char *rule;
};
/* subject starts with or, with a leading '*', holds */
extern const struct robot_phrase phrases_robot_subject[];
extern const struct robot_phrase phrases_robot_abroad[]; /* subjects too */
/* in what was typed: of itself; what a person hardly writes; what people write, too */
extern const struct robot_phrase phrases_robot_self[];
extern const struct robot_phrase phrases_robot_sure[];
extern const struct robot_phrase phrases_robot_doubt[];

#endif
