/*
 * phrases_refused: the far side does not want this mail, this sender or this much of it: never the address's fault.
 *
 * Input: none; constant data.
 */
#include "base.h"

#include "phrases.h"

const struct reason_phrase phrases_refused[] = {
	/* ---- size */
	{ "message too large", REASON_SIZE, PHRASE_STRONG },
	{ "message is too large", REASON_SIZE, PHRASE_STRONG },
	{ "message too big", REASON_SIZE, PHRASE_STRONG },
	{ "message too long", REASON_SIZE, PHRASE_STRONG },
	{ "mail too large", REASON_SIZE, PHRASE_STRONG },
	{ "message size exceeds", REASON_SIZE, PHRASE_STRONG },           /* postfix, everybody */
	{ "message exceeds", REASON_SIZE, PHRASE_PLAIN },
	{ "size exceeds", REASON_SIZE, PHRASE_STRONG },
	{ "exceeds * message size", REASON_SIZE, PHRASE_STRONG },
	{ "exceeds maximum size", REASON_SIZE, PHRASE_STRONG },
	{ "exceeds the maximum", REASON_SIZE, PHRASE_PLAIN },
	{ "exceeded maximum inbound message size", REASON_SIZE, PHRASE_STRONG },
	{ "message size limit", REASON_SIZE, PHRASE_STRONG },
	{ "mail size limit", REASON_SIZE, PHRASE_STRONG },                /* 1&1 */
	{ "max message size", REASON_SIZE, PHRASE_STRONG },
	{ "maximum message size", REASON_SIZE, PHRASE_STRONG },
	{ "maximum size", REASON_SIZE, PHRASE_PLAIN },
	{ "size limit", REASON_SIZE, PHRASE_WEAK + 4 },
	{ "larger than", REASON_SIZE, PHRASE_WEAK + 4 },
	{ "too large for", REASON_SIZE, PHRASE_PLAIN },
	{ "message length exceeds", REASON_SIZE, PHRASE_STRONG },         /* rfc 3463 text of 5.2.3 */
	{ "message size", REASON_SIZE, PHRASE_WEAK },
	{ "bericht is te groot", REASON_SIZE, PHRASE_STRONG },
	{ "bericht te groot", REASON_SIZE, PHRASE_STRONG },
	{ "nachricht ist zu gro", REASON_SIZE, PHRASE_STRONG },
	{ "message trop volumineux", REASON_SIZE, PHRASE_STRONG },

	/* ---- content */
	{ "spam message", REASON_CONTENT, PHRASE_PLAIN },
	{ "spam detected", REASON_CONTENT, PHRASE_PLAIN + 4 },
	{ "detected as spam", REASON_CONTENT, PHRASE_PLAIN + 4 },
	{ "identified as spam", REASON_CONTENT, PHRASE_PLAIN + 4 },
	{ "considered spam", REASON_CONTENT, PHRASE_PLAIN + 4 },
	{ "considered as spam", REASON_CONTENT, PHRASE_PLAIN + 4 },
	{ "classified as spam", REASON_CONTENT, PHRASE_PLAIN + 4 },
	{ "marked as spam", REASON_CONTENT, PHRASE_PLAIN + 4 },
	{ "suspected spam", REASON_CONTENT, PHRASE_PLAIN },
	{ "suspected of spam", REASON_CONTENT, PHRASE_PLAIN },
	{ "is spam", REASON_CONTENT, PHRASE_PLAIN },
	{ "be spam", REASON_CONTENT, PHRASE_PLAIN },
	{ "looks like spam", REASON_CONTENT, PHRASE_PLAIN },
	{ "appears to be spam", REASON_CONTENT, PHRASE_PLAIN },
	{ "as spam", REASON_CONTENT, PHRASE_PLAIN },
	{ "spam-like", REASON_CONTENT, PHRASE_PLAIN },
	{ "spamlike", REASON_CONTENT, PHRASE_PLAIN },
	{ "spam filter", REASON_CONTENT, PHRASE_PLAIN },
	{ "spam content", REASON_CONTENT, PHRASE_PLAIN + 4 },
	{ "spam score", REASON_CONTENT, PHRASE_PLAIN },
	{ "spam rule", REASON_CONTENT, PHRASE_PLAIN },
	{ "spam check", REASON_CONTENT, PHRASE_PLAIN },
	{ "antispam", REASON_CONTENT, PHRASE_WEAK + 4 },
	{ "anti-spam", REASON_CONTENT, PHRASE_WEAK + 4 },
	{ "no spam", REASON_CONTENT, PHRASE_WEAK },
	{ "rejected as spam", REASON_CONTENT, PHRASE_STRONG },
	{ "spamassassin", REASON_CONTENT, PHRASE_PLAIN },
	{ "unsolicited", REASON_CONTENT, PHRASE_PLAIN },                  /* gmail */
	{ "junk mail", REASON_CONTENT, PHRASE_PLAIN },
	{ "bulk mail", REASON_CONTENT, PHRASE_WEAK },
	{ "spam", REASON_CONTENT, PHRASE_WEAK + 1 },
	{ "virus", REASON_CONTENT, PHRASE_PLAIN },
	{ "malware", REASON_CONTENT, PHRASE_PLAIN },
	{ "phishing", REASON_CONTENT, PHRASE_PLAIN },
	{ "blacklisted url", REASON_CONTENT, PHRASE_STRONG },
	{ "url in message", REASON_CONTENT, PHRASE_PLAIN },
	{ "message content", REASON_CONTENT, PHRASE_PLAIN },
	{ "message contents", REASON_CONTENT, PHRASE_PLAIN },
	{ "content rejected", REASON_CONTENT, PHRASE_PLAIN },
	{ "content presents", REASON_CONTENT, PHRASE_STRONG },            /* gmail */
	{ "potential security issue", REASON_CONTENT, PHRASE_STRONG },    /* gmail */
	{ "content filter", REASON_CONTENT, PHRASE_PLAIN },
	{ "contains a url", REASON_CONTENT, PHRASE_PLAIN },
	{ "banned attachment", REASON_CONTENT, PHRASE_PLAIN },
	{ "prohibited attachment", REASON_CONTENT, PHRASE_PLAIN },
	{ "executable attachment", REASON_CONTENT, PHRASE_PLAIN },
	{ "suspicious attachment", REASON_CONTENT, PHRASE_PLAIN },
	{ "suspicious content", REASON_CONTENT, PHRASE_PLAIN },
	{ "inappropriate", REASON_CONTENT, PHRASE_WEAK },
	{ "ongewenste mail", REASON_CONTENT, PHRASE_PLAIN },
	{ "rejected by header based", REASON_CONTENT, PHRASE_PLAIN },
	{ "mail rejete", REASON_CONTENT, PHRASE_PLAIN },                  /* orange */
	{ "mail rejected. ofr_506", REASON_CONTENT, PHRASE_STRONG },      /* orange: content found to be spam */
	{ "not rfc", REASON_CONTENT, PHRASE_PLAIN },
	{ "rfc 5322", REASON_CONTENT, PHRASE_PLAIN },                     /* gmail: not RFC 5322 compliant */
	{ "rfc 2822", REASON_CONTENT, PHRASE_PLAIN },
	{ "bare lf", REASON_CONTENT, PHRASE_PLAIN },
	{ "bare newline", REASON_CONTENT, PHRASE_PLAIN },
	{ "missing header", REASON_CONTENT, PHRASE_PLAIN },
	{ "duplicate header", REASON_CONTENT, PHRASE_PLAIN },

	/* ---- policy: sender, its host, its authentication, permissions */
	{ "access denied", REASON_POLICY, PHRASE_PLAIN },
	{ "blocked", REASON_POLICY, PHRASE_WEAK + 4 },
	{ "blocked by", REASON_POLICY, PHRASE_PLAIN },
	{ "blocked using", REASON_POLICY, PHRASE_STRONG },                /* postfix rbl */
	{ "blacklist", REASON_POLICY, PHRASE_PLAIN },
	{ "black list", REASON_POLICY, PHRASE_PLAIN },
	{ "blocklist", REASON_POLICY, PHRASE_PLAIN },
	{ "block list", REASON_POLICY, PHRASE_PLAIN },                    /* hotmail */
	{ "blocklisted", REASON_POLICY, PHRASE_PLAIN },
	{ "denylist", REASON_POLICY, PHRASE_PLAIN },
	{ "is listed", REASON_POLICY, PHRASE_PLAIN },
	{ "listed at", REASON_POLICY, PHRASE_PLAIN },
	{ "listed in", REASON_POLICY, PHRASE_WEAK - 2 },
	{ "listed on", REASON_POLICY, PHRASE_PLAIN },
	{ "listed by", REASON_POLICY, PHRASE_PLAIN },
	{ "spamhaus", REASON_POLICY, PHRASE_STRONG },
	{ "spamcop", REASON_POLICY, PHRASE_STRONG },
	{ "barracuda", REASON_POLICY, PHRASE_WEAK + 2 },
	{ "sorbs", REASON_POLICY, PHRASE_PLAIN },
	{ "dnsbl", REASON_POLICY, PHRASE_STRONG },
	{ " rbl", REASON_POLICY, PHRASE_PLAIN },
	{ "reputation", REASON_POLICY, PHRASE_PLAIN + 4 },
	{ "user complaints", REASON_POLICY, PHRASE_STRONG },              /* yahoo TSS04 */
	{ "poor reputation", REASON_POLICY, PHRASE_STRONG },
	{ "bad reputation", REASON_POLICY, PHRASE_STRONG },
	{ "policy", REASON_POLICY, PHRASE_WEAK + 6 },
	{ "policy violation", REASON_POLICY, PHRASE_PLAIN + 2 },
	{ "policy reasons", REASON_POLICY, PHRASE_PLAIN + 2 },
	{ "policy reject", REASON_POLICY, PHRASE_PLAIN },
	{ "local policy", REASON_POLICY, PHRASE_PLAIN },
	{ "organization * rejected", REASON_POLICY, PHRASE_WEAK },
	{ "dmarc", REASON_POLICY, PHRASE_STRONG },
	{ "dkim", REASON_POLICY, PHRASE_PLAIN },
	{ " spf", REASON_POLICY, PHRASE_STRONG },
	{ "sender policy framework", REASON_POLICY, PHRASE_STRONG },
	{ "unauthenticated", REASON_POLICY, PHRASE_STRONG },              /* gmail */
	{ "authentication checks failed", REASON_POLICY, PHRASE_STRONG }, /* rfc 7372 */
	{ "authentication required", REASON_POLICY, PHRASE_STRONG },
	{ "authentication failed", REASON_POLICY, PHRASE_STRONG },
	{ "not authenticated", REASON_POLICY, PHRASE_STRONG },            /* exchange 5.7.1 anonymous */
	{ "auth required", REASON_POLICY, PHRASE_STRONG },
	{ "must authenticate", REASON_POLICY, PHRASE_STRONG },
	{ "pop before smtp", REASON_POLICY, PHRASE_STRONG },
	{ "reverse dns", REASON_POLICY, PHRASE_STRONG },
	{ "reverse lookup", REASON_POLICY, PHRASE_STRONG },
	{ "rdns", REASON_POLICY, PHRASE_STRONG },
	{ " ptr ", REASON_POLICY, PHRASE_STRONG },
	{ "ptr record", REASON_POLICY, PHRASE_STRONG },
	{ "cannot find your hostname", REASON_POLICY, PHRASE_STRONG },    /* postfix */
	{ "cannot find your reverse hostname", REASON_POLICY, PHRASE_STRONG },
	{ "client host rejected", REASON_POLICY, PHRASE_STRONG },         /* postfix */
	{ "client rejected", REASON_POLICY, PHRASE_PLAIN },
	{ "helo command rejected", REASON_POLICY, PHRASE_STRONG },        /* postfix */
	{ "invalid helo", REASON_POLICY, PHRASE_STRONG },
	{ "bad helo", REASON_POLICY, PHRASE_STRONG },
	{ "helo", REASON_POLICY, PHRASE_WEAK },
	{ "dynamic ip", REASON_POLICY, PHRASE_STRONG },
	{ "dial-up", REASON_POLICY, PHRASE_STRONG },
	{ "invalid ip for sending", REASON_POLICY, PHRASE_STRONG },
	{ "smtp server of your isp", REASON_POLICY, PHRASE_STRONG },
	{ "contact your internet service provider", REASON_POLICY, PHRASE_PLAIN }, /* hotmail */
	{ "messages from * weren't sent", REASON_POLICY, PHRASE_STRONG }, /* hotmail */
	{ "banned", REASON_POLICY, PHRASE_PLAIN },
	{ "ip address * rejected", REASON_POLICY, PHRASE_PLAIN },
	{ "your ip", REASON_POLICY, PHRASE_PLAIN },
	{ "ip address", REASON_POLICY, PHRASE_WEAK - 4 },
	{ "sender rejected", REASON_POLICY, PHRASE_STRONG },
	{ "sender was rejected", REASON_POLICY, PHRASE_PLAIN },           /* qmail */
	{ "sender address rejected", REASON_POLICY, PHRASE_STRONG },      /* postfix */
	{ "sender denied", REASON_POLICY, PHRASE_STRONG },
	{ "sender not allowed", REASON_POLICY, PHRASE_STRONG },
	{ "sender blocked", REASON_POLICY, PHRASE_STRONG },
	{ "sender unknown", REASON_POLICY, PHRASE_STRONG },
	{ "sender is * blocked", REASON_POLICY, PHRASE_PLAIN },
	{ "bad sender", REASON_POLICY, PHRASE_STRONG },
	{ "invalid sender", REASON_POLICY, PHRASE_STRONG },
	{ "unknown sender", REASON_POLICY, PHRASE_STRONG },
	{ "sender verify failed", REASON_POLICY, PHRASE_STRONG },         /* exim callout */
	{ "sender verification", REASON_POLICY, PHRASE_STRONG },
	{ "domain of sender address", REASON_POLICY, PHRASE_STRONG },     /* sendmail 5.1.8 */
	{ "sender domain", REASON_POLICY, PHRASE_STRONG },
	{ "mailfrom domain", REASON_POLICY, PHRASE_DECIDES },
	{ "mail from domain", REASON_POLICY, PHRASE_STRONG },
	{ "bad sender's", REASON_POLICY, PHRASE_STRONG },
	{ "relaying denied", REASON_POLICY, PHRASE_STRONG },
	{ "relay access denied", REASON_POLICY, PHRASE_DECIDES },         /* postfix */
	{ "relay denied", REASON_POLICY, PHRASE_STRONG },
	{ "unable to relay", REASON_POLICY, PHRASE_STRONG },              /* exchange */
	{ "relay not permitted", REASON_POLICY, PHRASE_STRONG },          /* exim */
	{ "relaying not", REASON_POLICY, PHRASE_STRONG },
	{ "relaying is prohibited", REASON_POLICY, PHRASE_STRONG },
	{ "no relaying", REASON_POLICY, PHRASE_STRONG },
	{ "not allowed to relay", REASON_POLICY, PHRASE_STRONG },
	{ "not permitted to relay", REASON_POLICY, PHRASE_STRONG },
	{ "open relay", REASON_POLICY, PHRASE_STRONG },
	{ "mail relay", REASON_POLICY, PHRASE_PLAIN },
	{ "rcpthosts", REASON_POLICY, PHRASE_STRONG },                    /* qmail */
	{ "not permitted", REASON_POLICY, PHRASE_PLAIN },
	{ "not allowed", REASON_POLICY, PHRASE_PLAIN },
	{ "not authorized", REASON_POLICY, PHRASE_PLAIN + 2 },
	{ "not authorised", REASON_POLICY, PHRASE_PLAIN + 2 },
	{ "unauthorized", REASON_POLICY, PHRASE_PLAIN },
	{ "don't have permission", REASON_POLICY, PHRASE_STRONG },        /* exchange online */
	{ "do not have permission", REASON_POLICY, PHRASE_STRONG },       /* google groups */
	{ "not have permission", REASON_POLICY, PHRASE_STRONG },
	{ "permission denied", REASON_POLICY, PHRASE_WEAK },
	{ "restricted", REASON_POLICY, PHRASE_WEAK + 2 },
	{ "security reasons", REASON_POLICY, PHRASE_PLAIN },
	{ "administrative prohibition", REASON_POLICY, PHRASE_PLAIN },    /* exim */
	{ "administratively", REASON_POLICY, PHRASE_PLAIN },
	{ "rejected by * administrator", REASON_POLICY, PHRASE_PLAIN },
	{ "greylist", REASON_POLICY, PHRASE_STRONG },
	{ "graylist", REASON_POLICY, PHRASE_STRONG },
	{ "greylisting", REASON_POLICY, PHRASE_STRONG },
	{ "not a member", REASON_POLICY, PHRASE_STRONG },                 /* lists */
	{ "only members", REASON_POLICY, PHRASE_STRONG },
	{ "members only", REASON_POLICY, PHRASE_STRONG },
	{ "not accepting mail from", REASON_POLICY, PHRASE_STRONG },
	{ "not accept mail from", REASON_POLICY, PHRASE_STRONG },
	{ "will not accept messages from", REASON_POLICY, PHRASE_STRONG },
	{ "not accept * from", REASON_POLICY, PHRASE_PLAIN },
	{ "refused: mail from", REASON_POLICY, PHRASE_PLAIN },
	{ "mail from * not accepted", REASON_POLICY, PHRASE_PLAIN },
	{ "tls required", REASON_POLICY, PHRASE_STRONG },
	{ "starttls", REASON_POLICY, PHRASE_PLAIN },
	{ "encryption required", REASON_POLICY, PHRASE_STRONG },
	{ "encryption needed", REASON_POLICY, PHRASE_STRONG },
	{ "message was blocked", REASON_POLICY, PHRASE_PLAIN },
	{ "message blocked", REASON_POLICY, PHRASE_PLAIN },
	{ "attachment type", REASON_POLICY, PHRASE_STRONG },
	{ "attachments", REASON_POLICY, PHRASE_WEAK },
	{ "transaction failed", REASON_POLICY, PHRASE_WEAK - 6 },
	{ "message rejected", REASON_POLICY, PHRASE_WEAK },
	{ "message refused", REASON_POLICY, PHRASE_WEAK },
	{ "after mail from", REASON_POLICY, PHRASE_WEAK + 7 },            /* exim: the sender was refused */
	{ "in reply to mail from", REASON_POLICY, PHRASE_WEAK + 7 },      /* postfix */
	{ "rejected due to", REASON_POLICY, PHRASE_WEAK },
	{ "automatically rejected", REASON_POLICY, PHRASE_WEAK },         /* sieve reject */
	{ "message not accepted", REASON_POLICY, PHRASE_WEAK },
	{ "refused", REASON_POLICY, PHRASE_WEAK - 6 },
	{ "rejected", REASON_POLICY, PHRASE_WEAK - 6 },
	{ "denied", REASON_POLICY, PHRASE_WEAK - 2 },
	{ "toegang geweigerd", REASON_POLICY, PHRASE_PLAIN },
	{ "geen toestemming", REASON_POLICY, PHRASE_PLAIN },
	{ "niet toegestaan", REASON_POLICY, PHRASE_PLAIN },
	{ "neemt geen berichten", REASON_POLICY, PHRASE_PLAIN },
	{ "geblokkeerd", REASON_POLICY, PHRASE_PLAIN },
	{ "geweigerd", REASON_POLICY, PHRASE_WEAK },
	{ "keine berechtigung", REASON_POLICY, PHRASE_PLAIN },
	{ "nicht berechtigt", REASON_POLICY, PHRASE_PLAIN },
	{ "abgelehnt", REASON_POLICY, PHRASE_WEAK },
	{ "pas autorisé", REASON_POLICY, PHRASE_PLAIN },
	{ "customfromdenied", REASON_POLICY, PHRASE_STRONG },             /* gmail: send mail as */
	{ "send mail as", REASON_POLICY, PHRASE_PLAIN },
	{ "googlegroups", REASON_POLICY, PHRASE_WEAK },
	{ "groups.google", REASON_POLICY, PHRASE_PLAIN },
	{ "group you tried to contact", REASON_POLICY, PHRASE_STRONG },   /* google groups */

	/* ---- rate */
	{ "too many connections", REASON_RATE, PHRASE_STRONG },
	{ "too many concurrent", REASON_RATE, PHRASE_STRONG },
	{ "too many simultaneous", REASON_RATE, PHRASE_STRONG },
	{ "too many recipients", REASON_RATE, PHRASE_STRONG },
	{ "too many messages", REASON_RATE, PHRASE_STRONG },
	{ "too many mails", REASON_RATE, PHRASE_STRONG },
	{ "too many emails", REASON_RATE, PHRASE_STRONG },
	{ "too many errors", REASON_RATE, PHRASE_PLAIN },
	{ "too many sessions", REASON_RATE, PHRASE_STRONG },
	{ "too many invalid", REASON_RATE, PHRASE_PLAIN },
	{ "too many", REASON_RATE, PHRASE_WEAK + 4 },
	{ "too fast", REASON_RATE, PHRASE_PLAIN },
	{ "rate limit", REASON_RATE, PHRASE_STRONG },
	{ "rate-limit", REASON_RATE, PHRASE_STRONG },
	{ "ratelimit", REASON_RATE, PHRASE_STRONG },
	{ "rate that prevents", REASON_RATE, PHRASE_STRONG },             /* gmail 4.2.1 */
	{ "unusual rate", REASON_RATE, PHRASE_STRONG },                   /* gmail */
	{ "throttl", REASON_RATE, PHRASE_STRONG },
	{ "exceeded the rate", REASON_RATE, PHRASE_STRONG },
	{ "sending limit", REASON_RATE, PHRASE_STRONG },
	{ "sending quota", REASON_RATE, PHRASE_STRONG },
	{ "daily * quota", REASON_RATE, PHRASE_PLAIN },
	{ "limit exceeded", REASON_RATE, PHRASE_WEAK },
	{ "connection limit", REASON_RATE, PHRASE_STRONG },
	{ "connection rate", REASON_RATE, PHRASE_STRONG },
	{ "unexpected volume", REASON_RATE, PHRASE_PLAIN },
	{ "trop de connexions", REASON_RATE, PHRASE_STRONG },             /* orange */
	{ "slow down", REASON_RATE, PHRASE_PLAIN },
	{ "try again later * limit", REASON_RATE, PHRASE_WEAK },
	{ "connections from your host", REASON_RATE, PHRASE_PLAIN },
	{ NULL, REASON_NONE, 0 },
};
