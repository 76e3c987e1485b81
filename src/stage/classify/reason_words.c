/*
 * reason_words: what a refusal says in words that no phrase foresaw: who, and what is wrong there.
 *
 * Invariant: a pair of words weighs less than a phrase made for a system; at most a fixed number of
 * places is looked at.
 * Input: diagnostic of a hostile mail, normalised.
 */
#include "base.h"

#include "reason.h"
#include "reason_words.h"

/*
 * What is wrong stands up to BEHIND bytes behind the one that it is wrong with ("the address could
 * not be located"), or BEFORE bytes in front ("no local mailbox").
 */
enum { BEHIND = 48, BEFORE = 24, PLACES_MAX = 16 };

/* Of an address that is nobody's. */
static const char *const addresses[] = {
	"recipient", "mailbox", "account", "address", "addressee", "user", "person", "alias",
	"inbox", "gebruiker", "ontvanger", "geadresseerde", "postvak", "adres", "empfänger",
	"benutzer", "postfach", "konto", "destinataire", "utilisateur", "adresse", "boîte",
	"boite", "compte", "usuario", "destinatario", "cuenta", "buzón", "utente", "casella",
	"indirizzo", NULL,
};

static const char *const missing[] = {
	"not exist", "n't exist", "not found", "unknown", "not known", "no such", "invalid",
	"not valid", "not recogni", "not be located", "not be found", "not resolve", "not in our",
	"unable to find", "cannot resolve", "no local ", "there is no ", "no record of",
	"not registered", "n't a registered", "not hosted", "cannot find", "could not find",
	"not in use", "not appear", "left the", "has left", "cancelled", "discontinued", "nobody ",
	"never existed", "was removed", "been removed", "was deleted", "been deleted",
	"no longer exist", " missing", "bestaat niet", "onbekend", "niet gevonden",
	"niet bekend", "niet meer geldig", "niet (meer) geldig", "niet geldig", "ongeldig",
	"niet herkend", "geen postvak", "geen gebruiker", "niet voor in", "komt niet voor",
	"nicht bekannt", "nicht eingerichtet",
	"aucun ", "non valid", "no fue encontrad",
	"vervallen", "existiert nicht", "unbekannt", "nicht gefunden", "ungültig", "gibt es nicht",
	"existe p", "inconnu", "introuvable", "invalide", "n'existe", "inexist", "no existe",
	"desconocid", "sconosciut", "inesistente", "non esiste", NULL,
};

static const char *const domains[] = {
	"domain", "domein", "domän", "domaine", "dominio", " host ", NULL,
};

static const char *const no_domain[] = {
	"not exist", "n't exist", "not found", "unknown", "not served", "not be found", "no mx",
	"not resolve", "not be resolved", "unresolvable", "bestaat niet", "onbekend",
	"niet gevonden", "existiert nicht", "unbekannt", "nicht gefunden", "inconnu",
	"introuvable", "no existe", NULL,
};

static const char *const boxes[] = {
	"mailbox", "account", "inbox", "user", "recipient", "postvak", "mailbox", "ontvanger",
	"postfach", "boîte", "boite", "buzón", "casella", "kontingent", "schijf", "space", NULL,
};

static const char *const filled[] = {
	" full", "quota", "over its storage", "allotment", "100%", "bursting",
	"too much data", "limit reached", "limiet",
	"overflow", "run out of", "überschritten", "overschreden", "maximale grootte",
	" vol ", " voll", "pleine", "lleno", "piena", NULL,
};

/* Of us. */
static const char *const senders[] = {
	"sender", "sending", "afzender", "absender", "expediteur", "expéditeur", "remitente",
	"mittente", "mail from", "from address", NULL,
};

static const char *const distrusted[] = {
	"not exist", "n't exist", "not found", "unknown", "invalid", "not valid", "no mx",
	"unresolvable", "reputation", "score",
	"no ptr", "forged", "spoof", "rejected", "refuse", "denied", "blocked", "verif",
	"onbekend", "ongeldig", "geweigerd", "geblokkeerd", "unbekannt", "ungültig", "abgelehnt",
	"inconnu", "invalide", NULL,
};

static bool any_in(struct span s, const char *const *words)
{
	for (; *words != NULL; words++)
		if (memmem(s.p, span_len(s), *words, strlen(*words)) != NULL)
			return true;
	return false;
}

/* Does one of the words of what stand near who, in either order? */
static bool near(const struct hay *h, const char *const *who, const char *const *what)
{
	const char *end = h->s + h->n;

	if (hay_any(h, what) == NULL)
		return false;
	for (int n = 0; *who != NULL; who++) {
		size_t len = strlen(*who);
		const char *at = hay_has(h, *who) ? h->s : NULL;

		for (; at != NULL && n < PLACES_MAX; n++) {
			struct span around;

			at = memmem(at, (size_t)(end - at), *who, len);
			if (at == NULL)
				break;
			around.p = at - h->s > BEFORE ? at - BEFORE : h->s;
			around.end = end - at > (long)len + BEHIND ? at + len + BEHIND : end;
			if (any_in(around, what))
				return true;
			at += len;
		}
	}
	return false;
}

bool reason_names_sender(const struct hay *h)
{
	return hay_any(h, senders) != NULL;
}

const char *reason_words(const struct hay *h, enum verdict_reason *reason)
{
	static const struct {
		const char *const *who, *const *what;
		enum verdict_reason reason;
		const char *rule;
	} pairs[] = {
		{ senders, distrusted, REASON_POLICY, "words: sender distrusted" },
		{ boxes, filled, REASON_FULL, "words: mailbox full" },
		{ addresses, missing, REASON_USER, "words: no such address" },
		{ domains, no_domain, REASON_DOMAIN, "words: no such domain" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++)
		if (near(h, pairs[i].who, pairs[i].what)) {
			*reason = pairs[i].reason;
			return pairs[i].rule;
		}
	return NULL;
}
