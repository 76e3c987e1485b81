/*
 * warn: findings of one company -> the mail that warns it.  The one stage that strings others
 * together: it renders the templates, composes the entity, has it signed (or sealed) and composes
 * the mail.
 *
 * One mail is made of one company's findings only: a function here never sees any other.
 * Input: names and texts of the register and of feeds are hostile: made printable, on one line, and
 * links in them broken before a template sees them.  What templates see is listed in warn_view.h.
 */
#ifndef SEINPOST_WARN_H
#define SEINPOST_WARN_H

#include "arena.h"
#include "base.h"
#include "buf.h"
#include "clock.h"
#include "compose.h"
#include "err.h"
#include "finding.h"
#include "incident.h"
#include "mustache.h"
#include "register.h"
#include "sign.h"

/* The templates of one language, parsed once. */
struct warn_catalog;

/*
 * Reads DIR/LANG/warning.mustache, subject.mustache, advice/KIND.mustache, and every other
 * DIR/LANG/NAME.mustache as the partial NAME.  All is read now and no file later.  ERR_NOTFOUND,
 * ERR_IO, ERR_INPUT ("FILE:LINE: reason"); a catalog without advice "generic" is ERR_NOTFOUND.  The
 * caller frees with warn_catalog_free(), which accepts NULL.
 */
int warn_catalog_load(struct warn_catalog **out, const char *dir, enum language l,
                      struct err *e) NODISCARD;
void warn_catalog_free(struct warn_catalog *c);
enum language warn_catalog_language(const struct warn_catalog *c);
/* Is there advice of this kind? */
bool warn_catalog_has(const struct warn_catalog *c, const char *kind);
/*
 * Reports everything that is wrong with the templates of one language (template_lint.h, advice.h,
 * files that are missing), and where nothing is, renders each kind once for one and once for many
 * findings.  Returns the number of problems.
 */
size_t warn_catalog_check(const char *dir, enum language l, template_problem_fn *report, void *arg);

/* Who sends: from the configuration, trusted. */
struct warn_gateway {
	const char *name, *organisation; /* name: of the sender, in From */
	const char *from;                /* normal mail address */
	const char *phone, *website;
	const char *fingerprint; /* of the signing key, hex */
};

/* All borrowed, strings never NULL but partner. */
struct warn_input {
	const struct warn_gateway *gateway;
	const struct company *company;
	const struct contact *contact;   /* CONTACT_MAIL; with pgp set the mail is encrypted */
	const struct incident *incident; /* advice "auto" or "": each finding's own */
	const char *partner;             /* name of the partner the mail goes to, or NULL */
	const char *ref;                 /* the warning's reference */
	const struct finding *finding;   /* of this company and no other */
	size_t n_finding;                /* at least one */
	const char *reply_to;            /* address with the reply token */
	const char *message_id;          /* with angle brackets */
	int64_t created_at, deadline_at;
	bool reminder;
};

enum { WARN_TABLE_ROWS = 50 };

/*
 * Appends the subject (one line, no line end) and the text (LF).  Findings are grouped by kind of
 * advice (one without a template falls back to "generic"; a kind that the incident asks for must
 * exist: ERR_NOTFOUND), the worst first; tables and lists show WARN_TABLE_ROWS of a group and say
 * how many more the attachment has.  ERR_INPUT: a template went wrong (unknown name, a subject of
 * two lines), or no findings.  a holds the view and may be cleared after.
 */
int warn_render(struct buf *subject, struct buf *text, const struct warn_catalog *c,
                const struct warn_input *in, struct arena *a, struct err *e) NODISCARD;
/*
 * Appends the attachment: all findings in the given order as CSV (UTF-8, CRLF, all cells quoted, no
 * formula can start in one), with the links as they are.
 */
void warn_csv(struct buf *out, const struct finding *finding, size_t n);
/*
 * A mail on its way: what has to be signed (or sealed), and what comes around it.  Between the two
 * steps the signature may be made elsewhere while other letters are written.
 */
struct warn_letter {
	struct buf entity;
	bool sealed; /* to be encrypted to the contact's key, never sent in clear text */
	struct arena arena;
	struct compose_headers headers; /* borrows from the input of warn_write() and from arena */
};

#define WARN_LETTER_INIT { .entity = BUF_INIT, .arena = ARENA_INIT }

/* Renders and composes the entity of the letter, which was initialised; errors as warn_make(). */
int warn_write(struct warn_letter *l, const struct warn_input *in, const struct warn_catalog *c,
               const struct rng *rng, struct err *e) NODISCARD;
/*
 * Appends the finished mail around what the signer gave: the armoured signature and its micalg, or
 * (sealed, micalg then not looked at) the armoured ciphertext.
 */
int warn_close(struct buf *mail, const struct warn_letter *l, const char *armour,
	       const char *micalg, const struct rng *rng, struct err *e) NODISCARD;
void warn_letter_clear(struct warn_letter *l);
/*
 * Both steps at once: appends the finished mail.  ERR_PERM, and no mail: a vital company, TLP
 * amber+strict or red (of the incident or of any finding), a contact that is no mail address.
 * Errors of the signer as they are: a contact with a key that cannot be used (ERR_NOTFOUND,
 * ERR_PERM) never gets clear text instead.  An encrypted mail has a subject without content.
 */
int warn_make(struct buf *mail, const struct warn_input *in, const struct warn_catalog *c,
              const struct signer *s, const struct rng *rng, struct err *e) NODISCARD;

#endif
