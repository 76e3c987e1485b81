/*
 * warn_make: a warning -> the finished mail, signed or sealed.
 *
 * Invariant: what is signed is what was composed, byte for byte; a contact with a key gets cipher
 * text or nothing.
 * Input: as in warn.h.  The last guard before a mail exists: what may never be mailed stops here.
 */
#include "base.h"
#include "compose.h"
#include "dutch.h"
#include "warn.h"
#include "warn_view.h"
#include "word.h"

/* May this be mailed at all? */
static int check_input(const struct warn_input *in, struct err *e)
{
	if (in->company->vital)
		return err_set(e, ERR_PERM, "company %s is vital: another organisation warns it",
		               in->company->ref);
	if (in->contact->kind != CONTACT_MAIL)
		return err_set(e, ERR_PERM, "contact %s is no mail address", in->contact->value);
	if (!tlp_mailable(in->incident->tlp))
		return err_set(e, ERR_PERM, "incident %s: TLP %s never leaves by mail",
		               in->incident->slug, word_of(tlp_words, (int)in->incident->tlp));
	for (size_t i = 0; i < in->n_finding; i++)
		if (!tlp_mailable(tlp_of_word(in->finding[i].tlp)))
			return err_set(e, ERR_PERM,
			               "finding %" PRId64 ": TLP %s never leaves by mail",
			               in->finding[i].id, in->finding[i].tlp);
	return 0;
}

static int make_headers(struct compose_headers *h, const struct warn_input *in, const char *subject,
                        enum language l, struct arena *a, struct err *e)
{
	int rc;

	if ((rc = header_value_set(&h->from_name, in->gateway->name, e)) < 0)
		return err_wrap(e, "sender's name");
	if ((rc = header_value_set(&h->to_name, warn_view_clean(a, in->contact->name), e)) < 0)
		return err_wrap(e, "contact's name");
	if ((rc = header_value_set(&h->subject, subject, e)) < 0)
		return err_wrap(e, "subject");
	h->from = in->gateway->from;
	h->to = in->contact->value;
	h->reply_to = in->reply_to;
	h->message_id = in->message_id;
	h->date = in->created_at;
	h->language = word_of(language_words, (int)l);
	h->reference = in->ref;
	return 0;
}

static int make_entity(struct buf *out, const struct warn_input *in, const char *text,
                       enum language l, struct arena *a, const struct rng *rng, struct err *e)
{
	struct buf csv = BUF_INIT;
	struct compose_attachment at = { .file_name = arena_concat(a, in->ref, ".csv"),
		                         .type = "text/csv; charset=utf-8; header=present" };
	int rc;

	warn_csv(&csv, in->finding, in->n_finding);
	at.bytes = csv.s;
	at.len = csv.len;
	rc = compose_entity(out, text, word_of(language_words, (int)l), &at, 1, rng, e);
	buf_clear(&csv);
	return rc;
}

/*
 * Headers of an encrypted mail can be read by anybody: nothing of the company or its problem stands
 * there.
 */
static void hide_subject(struct buf *subject, const struct warn_input *in, enum language l)
{
	const char *text = dutch_words(l)->sealed_subject, *gap = strstr(text, "%s");

	buf_reset(subject);
	buf_add(subject, text, (size_t)(gap - text));
	buf_addstr(subject, in->ref);
	buf_addstr(subject, gap + 2);
}

int warn_write(struct warn_letter *l, const struct warn_input *in, const struct warn_catalog *c,
               const struct rng *rng, struct err *e)
{
	enum language language = warn_catalog_language(c);
	struct buf subject = BUF_INIT, text = BUF_INIT;
	int rc;

	l->sealed = in->contact->pgp[0] != '\0';
	if ((rc = check_input(in, e)) < 0)
		goto out;
	if ((rc = warn_render(&subject, &text, c, in, &l->arena, e)) < 0)
		goto out;
	if (l->sealed)
		hide_subject(&subject, in, language);
	if ((rc = make_headers(&l->headers, in, subject.s, language, &l->arena, e)) < 0)
		goto out;
	rc = make_entity(&l->entity, in, text.s, language, &l->arena, rng, e);
out:
	buf_clear(&text);
	buf_clear(&subject);
	return rc;
}

int warn_close(struct buf *mail, const struct warn_letter *l, const char *armour,
	       const char *micalg, const struct rng *rng, struct err *e)
{
	return l->sealed ? compose_encrypted(mail, &l->headers, armour, rng, e)
	                 : compose_signed(mail, &l->headers, &l->entity, armour, micalg, rng, e);
}

void warn_letter_clear(struct warn_letter *l)
{
	arena_clear(&l->arena);
	buf_clear(&l->entity);
}

int warn_make(struct buf *mail, const struct warn_input *in, const struct warn_catalog *c,
              const struct signer *s, const struct rng *rng, struct err *e)
{
	struct warn_letter l = WARN_LETTER_INIT;
	struct buf armour = BUF_INIT;
	char micalg[MICALG_TEXT] = "";
	int rc = warn_write(&l, in, c, rng, e);

	if (rc == 0)
		rc = l.sealed
			 ? s->seal(s->arg, &armour, l.entity.s, l.entity.len, in->contact->pgp, e)
			 : s->sign(s->arg, &armour, micalg, l.entity.s, l.entity.len, e);
	if (rc == 0)
		rc = warn_close(mail, &l, armour.s, micalg, rng, e);
	buf_clear(&armour);
	warn_letter_clear(&l);
	return rc;
}
