/*
 * phrases_refused: this mail is not wanted for its size, its content or its number.
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
	{ "message length exceeds", REASON_SIZE, PHRASE_STRONG }, /* rfc 3463 text of 5.2.3 */
	{ "message size", REASON_SIZE, PHRASE_WEAK },
	{ "bericht is te groot", REASON_SIZE, PHRASE_STRONG },
	{ "bericht te groot", REASON_SIZE, PHRASE_STRONG },
	{ "nachricht ist zu gro", REASON_SIZE, PHRASE_STRONG },
	{ "message trop volumineux", REASON_SIZE, PHRASE_STRONG },
	{ "larger than the current system limit", REASON_SIZE, PHRASE_STRONG }, /* exchange */
	{ "too big", REASON_SIZE, PHRASE_PLAIN },
	{ "too large", REASON_SIZE, PHRASE_PLAIN },
	{ "size exceeded", REASON_SIZE, PHRASE_PLAIN },
	{ "exceeds size", REASON_SIZE, PHRASE_STRONG },
	{ "exceeded size", REASON_SIZE, PHRASE_STRONG },
	{ "exceeds fixed maximum", REASON_SIZE, PHRASE_STRONG },          /* sendmail, zimbra */
	{ "fixed maximum message size", REASON_SIZE, PHRASE_STRONG },
	{ "maximum allowed size", REASON_SIZE, PHRASE_STRONG },
	{ "size of message", REASON_SIZE, PHRASE_PLAIN },
	{ "size of * exceeds", REASON_SIZE, PHRASE_STRONG },
	{ "message larger", REASON_SIZE, PHRASE_STRONG },
	{ "mail is too large", REASON_SIZE, PHRASE_STRONG },
	{ "exceeds the * size limit", REASON_SIZE, PHRASE_STRONG },
	{ "attachment * too large", REASON_SIZE, PHRASE_STRONG },
	{ "overschrijdt * grootte", REASON_SIZE, PHRASE_STRONG },         /* dutch */
	{ "te groot", REASON_SIZE, PHRASE_PLAIN },                        /* dutch */
	{ "groottelimiet", REASON_SIZE, PHRASE_STRONG },                  /* dutch */
	{ "zu groß", REASON_SIZE, PHRASE_STRONG },                        /* german */
	{ "größenbeschränkung", REASON_SIZE, PHRASE_STRONG },             /* german */
	{ "trop volumineux", REASON_SIZE, PHRASE_STRONG },                /* french */
	{ "taille maximale", REASON_SIZE, PHRASE_STRONG },                /* french */
	{ "demasiado grande", REASON_SIZE, PHRASE_STRONG },               /* spanish */

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
	{ "door het spamfilter", REASON_CONTENT, PHRASE_PLAIN },
	{ "door de spamfilter", REASON_CONTENT, PHRASE_PLAIN },
	{ "door ons spamfilter", REASON_CONTENT, PHRASE_PLAIN },
	{ "door onze spamfilter", REASON_CONTENT, PHRASE_PLAIN },
	{ "unacceptable attachment", REASON_CONTENT, PHRASE_PLAIN },
	{ "verboden bijlage", REASON_CONTENT, PHRASE_PLAIN },
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
	{ "virus detected", REASON_CONTENT, PHRASE_STRONG },
	{ "virus found", REASON_CONTENT, PHRASE_STRONG },
	{ "virus infected", REASON_CONTENT, PHRASE_STRONG },
	{ "contains a virus", REASON_CONTENT, PHRASE_STRONG },
	{ "contained a virus", REASON_CONTENT, PHRASE_STRONG },
	{ "virus", REASON_CONTENT, PHRASE_WEAK - 3 },
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
	/* orange: content found to be spam */
	{ "mail rejected. ofr_506", REASON_CONTENT, PHRASE_STRONG },
	{ "not rfc", REASON_CONTENT, PHRASE_PLAIN },
	{ "rfc 5322", REASON_CONTENT, PHRASE_PLAIN }, /* gmail: not RFC 5322 compliant */
	{ "rfc 2822", REASON_CONTENT, PHRASE_PLAIN },
	{ "bare lf", REASON_CONTENT, PHRASE_PLAIN },
	{ "bare newline", REASON_CONTENT, PHRASE_PLAIN },
	{ "missing header", REASON_CONTENT, PHRASE_PLAIN },
	{ "duplicate header", REASON_CONTENT, PHRASE_PLAIN },
	{ "declared spam", REASON_CONTENT, PHRASE_STRONG },
	{ "possible spam", REASON_CONTENT, PHRASE_PLAIN },
	{ "probable spam", REASON_CONTENT, PHRASE_PLAIN },
	{ "likely spam", REASON_CONTENT, PHRASE_PLAIN },
	{ "spam or", REASON_CONTENT, PHRASE_WEAK },
	{ "spam virus", REASON_CONTENT, PHRASE_PLAIN },
	{ "spam/virus", REASON_CONTENT, PHRASE_PLAIN },
	{ "is probably spam", REASON_CONTENT, PHRASE_STRONG },
	{ "spam-filter", REASON_CONTENT, PHRASE_PLAIN },
	{ "bayes", REASON_CONTENT, PHRASE_PLAIN },
	{ "rspamd", REASON_CONTENT, PHRASE_STRONG },
	{ "spam mail", REASON_CONTENT, PHRASE_PLAIN },
	{ "junk", REASON_CONTENT, PHRASE_WEAK },
	{ "mass mail", REASON_CONTENT, PHRASE_PLAIN },
	{ "bulk", REASON_CONTENT, PHRASE_WEAK },
	{ "similar messages", REASON_CONTENT, PHRASE_PLAIN },
	{ "message looks", REASON_CONTENT, PHRASE_PLAIN },
	{ "content not accept", REASON_CONTENT, PHRASE_PLAIN },
	{ "banned content", REASON_CONTENT, PHRASE_STRONG },
	{ "rejecting banned", REASON_CONTENT, PHRASE_STRONG },
	{ "invalid content", REASON_CONTENT, PHRASE_PLAIN },
	{ "content restriction", REASON_CONTENT, PHRASE_PLAIN },
	{ "unacceptable content", REASON_CONTENT, PHRASE_PLAIN },
	{ "profanity", REASON_CONTENT, PHRASE_PLAIN },
	{ "contains * link", REASON_CONTENT, PHRASE_PLAIN },
	{ "malicious", REASON_CONTENT, PHRASE_PLAIN },
	{ "infected", REASON_CONTENT, PHRASE_PLAIN },
	{ "eicar", REASON_CONTENT, PHRASE_STRONG },
	{ "clamav", REASON_CONTENT, PHRASE_STRONG },
	{ "trojan", REASON_CONTENT, PHRASE_STRONG },
	{ "ransom", REASON_CONTENT, PHRASE_PLAIN },
	{ "dangerous", REASON_CONTENT, PHRASE_PLAIN },
	{ "blocked file", REASON_CONTENT, PHRASE_PLAIN },
	{ "file type", REASON_CONTENT, PHRASE_PLAIN },
	{ "illegal attachment", REASON_CONTENT, PHRASE_STRONG },
	{ "encrypted attachment", REASON_CONTENT, PHRASE_PLAIN },
	{ "password protected", REASON_CONTENT, PHRASE_PLAIN },
	{ "zip file", REASON_CONTENT, PHRASE_PLAIN },
	{ "attachment rejected", REASON_CONTENT, PHRASE_STRONG },         /* mimecast */
	{ "attachment * not allowed", REASON_CONTENT, PHRASE_PLAIN },
	{ "message-id header", REASON_CONTENT, PHRASE_PLAIN },
	{ "date header", REASON_CONTENT, PHRASE_PLAIN },
	{ "from header", REASON_CONTENT, PHRASE_PLAIN },
	{ "header field", REASON_CONTENT, PHRASE_PLAIN },
	{ "header is", REASON_CONTENT, PHRASE_WEAK },
	{ "multiple from", REASON_CONTENT, PHRASE_PLAIN },
	{ "headers not", REASON_CONTENT, PHRASE_WEAK },
	{ "malformed", REASON_CONTENT, PHRASE_PLAIN },
	{ "mime structure", REASON_CONTENT, PHRASE_PLAIN },
	{ "8-bit", REASON_CONTENT, PHRASE_PLAIN },
	{ "subject contains", REASON_CONTENT, PHRASE_PLAIN },
	{ "line too long", REASON_CONTENT, PHRASE_PLAIN },
	{ "line length", REASON_CONTENT, PHRASE_PLAIN },
	{ "conversion required", REASON_CONTENT, PHRASE_PLAIN },
	{ "media not supported", REASON_CONTENT, PHRASE_PLAIN },
	{ "non-rfc", REASON_CONTENT, PHRASE_PLAIN },
	{ "not compliant", REASON_CONTENT, PHRASE_PLAIN },
	{ "standards", REASON_CONTENT, PHRASE_WEAK },
	{ "ongewenste e-mail", REASON_CONTENT, PHRASE_PLAIN },            /* dutch */
	{ "ongewenste reclame", REASON_CONTENT, PHRASE_PLAIN },           /* dutch */
	{ "als spam", REASON_CONTENT, PHRASE_STRONG },                    /* dutch, german */
	{ "unerwünscht", REASON_CONTENT, PHRASE_PLAIN },                  /* german */
	{ "indésirable", REASON_CONTENT, PHRASE_PLAIN },                  /* french */
	{ "correo no deseado", REASON_CONTENT, PHRASE_PLAIN },            /* spanish */
	{ "垃圾邮件", REASON_CONTENT, PHRASE_STRONG },                        /* chinese */
	{ "迷惑メール", REASON_CONTENT, PHRASE_STRONG },                       /* japanese */
	{ "спам", REASON_CONTENT, PHRASE_STRONG },                        /* russian */

	/* ---- rate */
	{ "too many connections", REASON_RATE, PHRASE_STRONG },
	{ "too many concurrent", REASON_RATE, PHRASE_STRONG },
	{ "too many simultaneous", REASON_RATE, PHRASE_STRONG },
	{ "too many recipients", REASON_RATE, PHRASE_STRONG },
	{ "too many bad recipients", REASON_RATE, PHRASE_STRONG },
	{ "too many invalid recipients", REASON_RATE, PHRASE_STRONG },
	{ "too many unknown", REASON_RATE, PHRASE_STRONG },
	{ "too many messages", REASON_RATE, PHRASE_STRONG },
	{ "too many mails", REASON_RATE, PHRASE_STRONG },
	{ "too many emails", REASON_RATE, PHRASE_STRONG },
	{ "too many errors", REASON_RATE, PHRASE_PLAIN },
	{ "too many sessions", REASON_RATE, PHRASE_STRONG },
	{ "too many invalid", REASON_RATE, PHRASE_PLAIN },
	{ "too many", REASON_RATE, PHRASE_WEAK + 4 },
	{ "too fast", REASON_RATE, PHRASE_PLAIN },
	{ "frequency limited", REASON_RATE, PHRASE_STRONG },              /* tencent */
	{ "mail too quickly", REASON_RATE, PHRASE_STRONG },               /* gmail 4.2.1 */
	{ "too much mail from", REASON_RATE, PHRASE_STRONG },             /* postfix anvil */
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
	{ "temporarily rate limited", REASON_RATE, PHRASE_STRONG },
	{ "rate control", REASON_RATE, PHRASE_STRONG },
	{ "rate exceeded", REASON_RATE, PHRASE_STRONG },
	{ "exceeded rate", REASON_RATE, PHRASE_STRONG },
	{ "sending rate", REASON_RATE, PHRASE_STRONG },
	{ "message rate", REASON_RATE, PHRASE_STRONG },
	{ "hourly limit", REASON_RATE, PHRASE_STRONG },
	{ "daily limit", REASON_RATE, PHRASE_STRONG },
	{ "per hour", REASON_RATE, PHRASE_PLAIN },
	{ "per day", REASON_RATE, PHRASE_WEAK },
	{ "limit reached", REASON_RATE, PHRASE_PLAIN },
	{ "limit * reached", REASON_RATE, PHRASE_WEAK },
	{ "exceeded * limit", REASON_RATE, PHRASE_WEAK },
	{ "maximum connections", REASON_RATE, PHRASE_STRONG },
	{ "max connections", REASON_RATE, PHRASE_STRONG },
	{ "connections per", REASON_RATE, PHRASE_PLAIN },
	{ "concurrency limit", REASON_RATE, PHRASE_STRONG },
	{ "excessive", REASON_RATE, PHRASE_WEAK },
	{ "flood", REASON_RATE, PHRASE_PLAIN },
	{ "recipients in the last", REASON_RATE, PHRASE_PLAIN },
	{ "too much traffic", REASON_RATE, PHRASE_STRONG },
	{ "too much load", REASON_RATE, PHRASE_PLAIN },
	{ "too busy", REASON_RATE, PHRASE_PLAIN },
	{ "server busy", REASON_RATE, PHRASE_PLAIN },
	{ "toomanyrecipients", REASON_RATE, PHRASE_STRONG },
	{ "recipient limit", REASON_RATE, PHRASE_STRONG },
	{ "max recipients", REASON_RATE, PHRASE_STRONG },
	{ "messages per", REASON_RATE, PHRASE_PLAIN },
	{ "volume of mail", REASON_RATE, PHRASE_PLAIN },
	{ "te veel", REASON_RATE, PHRASE_PLAIN },                         /* dutch */
	{ "zu viele", REASON_RATE, PHRASE_PLAIN },                        /* german */
	{ "trop de", REASON_RATE, PHRASE_PLAIN },                         /* french */
	{ "too many unknown", REASON_RATE, PHRASE_PLAIN },
	{ "quota ratelimited", REASON_RATE, PHRASE_STRONG },
	{ "ofr004_104", REASON_RATE, PHRASE_STRONG },                     /* orange */
	{ "ofr_103", REASON_RATE, PHRASE_PLAIN },                         /* orange */
	{ NULL, REASON_NONE, 0 },
};
