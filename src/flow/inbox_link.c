/*
 * inbox_link: which of our mails an inbound mail is about.
 *
 * Invariant: token is set only for a mail whose token is ours, in time, and of the company that the
 * mail speaks of.
 * Input: verdicts on hostile mail: every address, Message-ID and subject may be made up.
 */
#include "base.h"

#include "inbox_link.h"
#include "mailaddr.h"
#include "store_register.h"

const char *const token_trouble_counters[] = {
	"",
	"forged_tokens",
	"guessed_tokens",
	"foreign_tokens",
	"stray_tokens",
	"expired_tokens",
};
const char *const token_trouble_reviews[] = {
	"",
	"token is not ours",
	"token is not ours",
	"token of another company",
	"returns a mail that is not ours",
	"token expired",
};

/* What the addresses of a mail hold for one purpose. */
struct found {
	int64_t mail_id, other_id; /* 0 = none; other: a second one at the same place */
	bool refused;              /* a token that is not ours */
	int64_t claimed;           /* the mail that one names */
};

static void try_address(struct gateway *g, const char *address, enum token_purpose purpose,
                        struct found *f)
{
	char token[TOKEN_TEXT];
	struct err e = ERR_INIT;
	int64_t id = 0;
	int rc;

	if (!token_from_address(token, address))
		return;
	rc = token_read(&id, &g->keys, purpose, token, &e);
	if (rc == ERR_PERM && !f->refused) {
		f->refused = true;
		f->claimed = token_claims(token);
	}
	if (rc < 0)
		return;
	if (f->mail_id == 0)
		f->mail_id = id;
	else if (f->mail_id != id)
		f->other_id = id;
}

/* The address it was delivered to speaks before what its writer put into To. */
static void find_tokens(struct gateway *g, const struct verdict *v, enum token_purpose purpose,
                        struct found *f)
{
	for (int i = 0; i < v->n_envelope_to; i++)
		try_address(g, v->envelope_to[i], purpose, f);
	if (f->mail_id == 0)
		for (int i = 0; i < v->n_header_to; i++)
			try_address(g, v->header_to[i], purpose, f);
}

static bool told_by_machine(const struct verdict *v)
{
	return v->kind == VERDICT_BOUNCE || v->kind == VERDICT_DELAYED ||
	       v->kind == VERDICT_SUCCESS;
}

/* A machine's report is proven by the bounce token first, a person's reply by the reply token. */
static bool find_any_token(struct gateway *g, struct inbox_link *l, const struct verdict *v,
                           struct found *f)
{
	static const enum token_purpose order[2][2] = { { TOKEN_REPLY, TOKEN_BOUNCE },
		                                        { TOKEN_BOUNCE, TOKEN_REPLY } };
	const enum token_purpose *purpose = order[told_by_machine(v)];
	bool refused = true;

	for (int i = 0; i < 2; i++) {
		*f = (struct found){ 0 };
		find_tokens(g, v, purpose[i], f);
		if (f->mail_id != 0) {
			l->trust = purpose[i] == TOKEN_BOUNCE ? TRUST_RETURN_PATH : TRUST_REPLY;
			l->token = purpose[i] == TOKEN_BOUNCE ? ACK_BOUNCE_TOKEN : ACK_REPLY_TOKEN;
			return true;
		}
		/* a token is of one purpose: only one that is of neither is not ours */
		refused &= f->refused;
	}
	f->refused = refused;
	return false;
}

bool inbox_link_has_token(struct gateway *g, const struct verdict *v)
{
	struct inbox_link l;
	struct found f;

	return find_any_token(g, &l, v, &f);
}

static void distrust(struct inbox_link *l, enum token_trouble why)
{
	l->trust = TRUST_NONE;
	l->token = ACK_NO_TOKEN;
	l->trouble = why;
}

static int mail_or_none(struct gateway *g, struct arena *a, struct mail_row *m, int64_t id,
                        struct err *e)
{
	struct err missing = ERR_INIT;
	int rc = store_mail_get(g->store, a, m, id, &missing);

	if (rc == 0)
		return 1;
	if (rc == ERR_NOTFOUND)
		return 0;
	*e = missing;
	return rc;
}

/* The mail the token names; where it is gone or too long ago, the token is worth nothing. */
static int load_link(struct gateway *g, struct arena *a, struct inbox_link *l, int64_t mail_id,
                     struct err *e)
{
	int rc = mail_or_none(g, a, &l->mail, mail_id, e);

	if (rc < 0)
		return rc;
	if (rc == 1 && gateway_now(g) - l->mail.created_at <= g->conf->token_lifetime)
		return store_warning_get(g->store, a, &l->warning, l->mail.warning_id, e);
	distrust(l, TOKEN_EXPIRED);
	return 0;
}

static int name_trouble(struct gateway *g, struct arena *a, struct inbox_link *l,
                        const struct found *f, struct err *e)
{
	struct mail_row m;
	int rc = f->refused ? mail_or_none(g, a, &m, f->claimed, e) : 0;

	if (rc < 0)
		return rc;
	if (f->refused)
		l->trouble = rc == 1 ? TOKEN_FORGED : TOKEN_GUESSED;
	return 0;
}

/* ---- does the mail speak of its token's company, and of a mail of ours? */

/* 1: a second token at the same place is another company's. */
static int other_token(struct gateway *g, struct arena *a, const struct inbox_link *l,
                       int64_t other_id, struct err *e)
{
	struct mail_row m;
	int rc = other_id == 0 ? 0 : mail_or_none(g, a, &m, other_id, e);

	return rc == 1 ? m.company_id != l->warning.company_id : rc;
}

/* Whose the mails are that it answers or returns, the one that counts most last. */
enum messages { MESSAGES_NONE, MESSAGES_STRANGE, MESSAGES_FOREIGN, MESSAGES_OWN };

static int whose_messages(struct gateway *g, struct arena *a, const struct inbox_link *l,
                          const struct verdict *v, enum messages *out, struct err *e)
{
	*out = MESSAGES_NONE;
	for (int i = 0; i < v->n_message_id && *out != MESSAGES_OWN; i++) {
		struct err missing = ERR_INIT;
		struct mail_row m;
		enum messages one = MESSAGES_STRANGE;
		int rc = store_mail_by_message_id(g->store, a, &m, v->message_id[i], &missing);

		if (rc < 0 && rc != ERR_NOTFOUND) {
			*e = missing;
			return rc;
		}
		if (rc == 0)
			one = m.company_id == l->warning.company_id ? MESSAGES_OWN
			                                            : MESSAGES_FOREIGN;
		if (one > *out)
			*out = one;
	}
	return 0;
}

/*
 * A report about another mail, to somebody else: of whoever writes under our return path.  Relays
 * that give a mail a new Message-ID keep the address, or the envelope id.
 */
static bool is_stray(const struct inbox_link *l, const struct verdict *v, enum messages messages)
{
	bool our_envelope = *v->envid != '\0' && strcmp(v->envid, l->mail.envid) == 0;

	return messages == MESSAGES_STRANGE && told_by_machine(v) && !our_envelope &&
	       v->n_recipients > 0 && !ack_names(v, l->mail.env_to);
}

/* 1: the address is a contact of others, and not of the token's company or of its partner. */
static int other_address(struct gateway *g, const struct inbox_link *l, const char *address,
                         struct err *e)
{
	int64_t all = 0, own = 0;
	int rc = store_contact_owners(g->store, address, l->warning.company_id, l->mail.contact_id,
	                              &all, &own, e);

	return rc < 0 ? rc : all > 0 && own == 0;
}

static int other_addresses(struct gateway *g, const struct inbox_link *l, const struct verdict *v,
                           struct err *e)
{
	int rc = 0;

	if (!told_by_machine(v))
		return other_address(g, l, v->from, e);
	for (int i = 0; i < v->n_recipients && rc == 0; i++)
		rc = other_address(g, l, v->recipient[i].address, e);
	/* with several recipients some may be whose ever a list is */
	return rc == 1 && v->n_recipients > 1 ? 0 : rc;
}

static int check_subject(struct gateway *g, struct arena *a, struct inbox_link *l,
                         const struct verdict *v, int64_t other_id, struct err *e)
{
	enum messages messages;
	int rc = whose_messages(g, a, l, v, &messages, e);

	if (rc < 0)
		return rc;
	rc = messages == MESSAGES_FOREIGN;
	if (rc == 0)
		rc = other_token(g, a, l, other_id, e);
	if (rc == 0)
		rc = other_addresses(g, l, v, e);
	if (rc == 1)
		distrust(l, TOKEN_FOREIGN);
	else if (rc == 0 && is_stray(l, v, messages))
		distrust(l, TOKEN_STRAY);
	return rc < 0 ? rc : 0;
}

/* ---- without a token */

static int link_by_message_id(struct gateway *g, struct arena *a, struct inbox_link *l,
                              const struct verdict *v, struct err *e)
{
	for (int i = 0; i < v->n_message_id; i++) {
		struct err missing = ERR_INIT;
		int rc = store_mail_by_message_id(g->store, a, &l->mail, v->message_id[i],
		                                  &missing);

		if (rc == 0) {
			l->trust = TRUST_MESSAGE_ID;
			return store_warning_get(g->store, a, &l->warning, l->mail.warning_id, e);
		}
		if (rc != ERR_NOTFOUND) {
			*e = missing;
			return rc;
		}
	}
	return 0;
}

/* "... [SP-7K3F-Q2MD] ..." in the subject */
static int link_by_reference(struct gateway *g, struct arena *a, struct inbox_link *l,
                             const struct verdict *v, struct err *e)
{
	const char *at = strstr(v->subject, "SP-");
	struct err missing = ERR_INIT;
	char ref[WARNING_REF_TEXT];
	int rc;

	if (at == NULL || strlen(at) < 12)
		return 0;
	snprintf(ref, sizeof(ref), "%.12s", at);
	rc = store_warning_by_ref(g->store, a, &l->warning, ref, &missing);
	if (rc == 0)
		l->trust = TRUST_REFERENCE;
	else if (rc != ERR_NOTFOUND)
		*e = missing;
	return rc == ERR_NOTFOUND ? 0 : rc;
}

int inbox_link_find(struct gateway *g, struct arena *a, struct inbox_link *l,
                    const struct verdict *v, struct err *e)
{
	struct found f;
	int rc;

	*l = (struct inbox_link){ .trust = TRUST_NONE, .token = ACK_NO_TOKEN };
	if (!find_any_token(g, l, v, &f))
		rc = name_trouble(g, a, l, &f, e);
	else if ((rc = load_link(g, a, l, f.mail_id, e)) == 0 && l->token != ACK_NO_TOKEN)
		rc = check_subject(g, a, l, v, f.other_id, e);
	if (rc == 0 && l->trust == TRUST_NONE)
		rc = link_by_message_id(g, a, l, v, e);
	if (rc == 0 && l->trust == TRUST_NONE)
		rc = link_by_reference(g, a, l, v, e);
	return rc;
}
