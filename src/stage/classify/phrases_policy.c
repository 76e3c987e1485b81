/*
 * phrases_policy: the far side does not want this sender, its host, its authentication or its
 * permissions: never the address's fault, whatever the code says.
 *
 * Input: none; constant data.
 */
#include "base.h"

#include "phrases.h"

const char *const phrases_sender_stage[] = {
	"in reply to mail from", "in reply to helo", "in reply to ehlo", /* postfix */
	"refused to talk to me",                                         /* postfix */
	"after mail from", "after initial connection", "after helo", "after ehlo", /* exim */
	"sender was rejected", "my name was rejected",                   /* qmail */
	/* dragonfly */
	"did not like our mail from", "did not like our helo", "did not like our ehlo",
	"[mail_from]",                                                   /* yahoo */
	NULL,
};

const char *const phrases_greylist[] = {
	"greylist", "graylist", "grey-list", "grey list", "gray list", NULL,
};

const char *const phrases_later[] = {
	"try again", "try later", "try it later", "retry later", "again later", "back later",
	"later opnieuw", "opnieuw later", "later nog", "später", "plus tard", "más tarde",
	"più tardi", NULL,
};

const struct reason_phrase phrases_policy[] = {
	{ "sender's domain", REASON_POLICY, PHRASE_PLAIN + 2 },
	{ "please authenticate", REASON_POLICY, PHRASE_PLAIN },
	{ "accepteert geen mail van", REASON_POLICY, PHRASE_PLAIN }, /* dutch */
	{ "only accepts mail from", REASON_POLICY, PHRASE_PLAIN },
	{ "only accepts messages from", REASON_POLICY, PHRASE_PLAIN },
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
	{ "reputation", REASON_POLICY, PHRASE_STRONG },
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
	{ "not authenticated", REASON_POLICY, PHRASE_STRONG }, /* exchange 5.7.1 anonymous */
	{ "auth required", REASON_POLICY, PHRASE_STRONG },
	{ "must authenticate", REASON_POLICY, PHRASE_STRONG },
	{ "must be authenticated", REASON_POLICY, PHRASE_STRONG },
	{ "need to authenticate", REASON_POLICY, PHRASE_STRONG },
	{ "authentication is required", REASON_POLICY, PHRASE_STRONG },
	{ "authentication needed", REASON_POLICY, PHRASE_STRONG },
	{ "authenticate first", REASON_POLICY, PHRASE_STRONG },
	{ "log in first", REASON_POLICY, PHRASE_STRONG },
	{ "login required", REASON_POLICY, PHRASE_STRONG },
	{ "not logged in", REASON_POLICY, PHRASE_STRONG },
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
	{ "after mail from", REASON_POLICY, PHRASE_WEAK + 7 }, /* exim: the sender was refused */
	{ "in reply to mail from", REASON_POLICY, PHRASE_WEAK + 7 },      /* postfix */
	{ "rejected by destination", REASON_POLICY, PHRASE_PLAIN },       /* zoho */
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
	{ "veiligheidsredenen", REASON_POLICY, PHRASE_PLAIN },
	{ "mail van * niet geaccepteerd", REASON_POLICY, PHRASE_PLAIN },
	{ "van uw adres * niet", REASON_POLICY, PHRASE_PLAIN },
	{ "user has blocked you", REASON_POLICY, PHRASE_PLAIN },
	{ "recipient has blocked you", REASON_POLICY, PHRASE_PLAIN },
	{ "keine berechtigung", REASON_POLICY, PHRASE_PLAIN },
	{ "nicht berechtigt", REASON_POLICY, PHRASE_PLAIN },
	{ "abgelehnt", REASON_POLICY, PHRASE_WEAK },
	{ "pas autorisé", REASON_POLICY, PHRASE_PLAIN },
	{ "customfromdenied", REASON_POLICY, PHRASE_STRONG },             /* gmail: send mail as */
	{ "send mail as", REASON_POLICY, PHRASE_PLAIN },
	{ "googlegroups", REASON_POLICY, PHRASE_WEAK },
	{ "groups.google", REASON_POLICY, PHRASE_PLAIN },
	{ "group you tried to contact", REASON_POLICY, PHRASE_STRONG },   /* google groups */
	{ "go away", REASON_POLICY, PHRASE_PLAIN },
	{ "abuse detected", REASON_POLICY, PHRASE_PLAIN },
	{ "for abuse", REASON_POLICY, PHRASE_PLAIN },
	{ "due to abuse", REASON_POLICY, PHRASE_PLAIN },
	{ "blocked for spam", REASON_POLICY, PHRASE_STRONG },
	{ "sending spam", REASON_POLICY, PHRASE_STRONG },
	{ "spam from your", REASON_POLICY, PHRASE_STRONG },
	{ "spams from your ip", REASON_POLICY, PHRASE_STRONG },           /* free.fr */
	{ "spammer", REASON_POLICY, PHRASE_PLAIN },
	{ "spamming", REASON_POLICY, PHRASE_PLAIN },
	{ "ip blocked", REASON_POLICY, PHRASE_STRONG },
	{ "ips blocked", REASON_POLICY, PHRASE_STRONG },
	{ "host is blocked", REASON_POLICY, PHRASE_STRONG },
	{ "is blocked by", REASON_POLICY, PHRASE_STRONG },
	{ "was blocked by", REASON_POLICY, PHRASE_PLAIN },
	{ "have been blocked", REASON_POLICY, PHRASE_PLAIN },
	{ "has been blocked", REASON_POLICY, PHRASE_PLAIN },
	{ "blocked - see", REASON_POLICY, PHRASE_STRONG },                /* proofpoint */
	{ "ipcheck", REASON_POLICY, PHRASE_STRONG },                      /* proofpoint */
	{ "dnsbl-lookup", REASON_POLICY, PHRASE_STRONG },                 /* proofpoint */
	{ "mail-abuse", REASON_POLICY, PHRASE_STRONG },                   /* trend micro */
	{ "ers-dul", REASON_POLICY, PHRASE_STRONG },                      /* trend micro */
	{ "ers-rbl", REASON_POLICY, PHRASE_STRONG },                      /* trend micro */
	{ "cloudmark", REASON_POLICY, PHRASE_STRONG },
	{ "senderscore", REASON_POLICY, PHRASE_STRONG },
	{ "senderbase", REASON_POLICY, PHRASE_STRONG },                   /* ironport */
	{ "talosintelligence", REASON_POLICY, PHRASE_STRONG },            /* cisco */
	{ "sophos", REASON_POLICY, PHRASE_WEAK },
	{ "uceprotect", REASON_POLICY, PHRASE_STRONG },
	{ "abuseat", REASON_POLICY, PHRASE_STRONG },
	{ "dnswl", REASON_POLICY, PHRASE_PLAIN },
	{ "mxtoolbox", REASON_POLICY, PHRASE_PLAIN },
	{ "open proxy", REASON_POLICY, PHRASE_STRONG },
	{ "dynamic/zombied", REASON_POLICY, PHRASE_STRONG },
	{ "dynamic dns", REASON_POLICY, PHRASE_STRONG },
	{ "dialup", REASON_POLICY, PHRASE_STRONG },
	{ "dial up", REASON_POLICY, PHRASE_STRONG },
	{ "generic ptr", REASON_POLICY, PHRASE_STRONG },
	{ "generic rdns", REASON_POLICY, PHRASE_STRONG },
	{ "no ptr", REASON_POLICY, PHRASE_STRONG },
	{ "missing ptr", REASON_POLICY, PHRASE_STRONG },
	{ "bad dns ptr", REASON_POLICY, PHRASE_STRONG },                  /* gmx */
	{ "resolve your address", REASON_POLICY, PHRASE_STRONG },
	{ "resolve your hostname", REASON_POLICY, PHRASE_STRONG },
	{ "cannot resolve", REASON_POLICY, PHRASE_WEAK },
	{ "unresolvable", REASON_POLICY, PHRASE_PLAIN },
	{ "ip name lookup failed", REASON_POLICY, PHRASE_STRONG },        /* sendmail */
	{ "name lookup failed", REASON_POLICY, PHRASE_PLAIN },
	{ "dns ptr", REASON_POLICY, PHRASE_STRONG },
	{ "mismatches client ip", REASON_POLICY, PHRASE_STRONG },         /* tencent */
	{ "may not be mail exchanger", REASON_POLICY, PHRASE_STRONG },
	{ "was not authenticated", REASON_POLICY, PHRASE_STRONG },        /* exchange */
	{ "requires authentication", REASON_POLICY, PHRASE_STRONG },
	{ "requires that you authenticate", REASON_POLICY, PHRASE_STRONG },
	{ "smtp auth", REASON_POLICY, PHRASE_PLAIN },
	{ "pass authentication", REASON_POLICY, PHRASE_STRONG },
	{ "sender id", REASON_POLICY, PHRASE_PLAIN },
	{ "purported responsible address", REASON_POLICY, PHRASE_STRONG }, /* sender id */
	{ "domainkeys", REASON_POLICY, PHRASE_STRONG },
	{ "does not pass", REASON_POLICY, PHRASE_PLAIN },
	{ "arc validation", REASON_POLICY, PHRASE_PLAIN },
	{ "authentication information", REASON_POLICY, PHRASE_PLAIN },
	{ "5.7.26", REASON_POLICY, PHRASE_STRONG },                       /* gmail */
	{ "bad sender ip", REASON_POLICY, PHRASE_STRONG },
	{ "sender ip", REASON_POLICY, PHRASE_STRONG },
	{ "sending ip", REASON_POLICY, PHRASE_STRONG },
	{ "source ip", REASON_POLICY, PHRASE_PLAIN },
	{ "originating ip", REASON_POLICY, PHRASE_PLAIN },
	{ "your server", REASON_POLICY, PHRASE_WEAK },
	{ "your host", REASON_POLICY, PHRASE_WEAK },
	{ "your domain", REASON_POLICY, PHRASE_PLAIN },
	{ "mail server at * is blocked", REASON_POLICY, PHRASE_STRONG },
	{ "not allowed to send", REASON_POLICY, PHRASE_STRONG },
	{ "not allowed to connect", REASON_POLICY, PHRASE_STRONG },
	{ "not permitted to send", REASON_POLICY, PHRASE_STRONG },
	{ "not authorized to send", REASON_POLICY, PHRASE_STRONG },
	{ "unauthorized sender", REASON_POLICY, PHRASE_STRONG },          /* apple relay */
	{ "permission to send", REASON_POLICY, PHRASE_STRONG },
	{ "not pre-approved", REASON_POLICY, PHRASE_STRONG },
	{ "allowed to post", REASON_POLICY, PHRASE_STRONG },              /* lists */
	{ "non-member", REASON_POLICY, PHRASE_STRONG },                   /* lists */
	{ "nonmember", REASON_POLICY, PHRASE_STRONG },                    /* lists */
	{ "subscribers only", REASON_POLICY, PHRASE_STRONG },             /* lists */
	{ "moderat", REASON_POLICY, PHRASE_PLAIN },                       /* lists */
	{ "not subscribed", REASON_POLICY, PHRASE_STRONG },               /* lists */
	{ "sender is not", REASON_POLICY, PHRASE_PLAIN },
	{ "sender address is", REASON_POLICY, PHRASE_PLAIN },
	{ "invalid from", REASON_POLICY, PHRASE_PLAIN },
	{ "from address", REASON_POLICY, PHRASE_PLAIN },
	{ "mail from not owned", REASON_POLICY, PHRASE_STRONG },
	{ "empty envelope sender", REASON_POLICY, PHRASE_STRONG },
	{ "null sender", REASON_POLICY, PHRASE_STRONG },
	{ "bounce messages not", REASON_POLICY, PHRASE_STRONG },
	{ "backscatter", REASON_POLICY, PHRASE_STRONG },
	{ "returned mail not accepted", REASON_POLICY, PHRASE_STRONG },
	{ "fully qualified email address", REASON_POLICY, PHRASE_PLAIN }, /* mcafee */
	{ "fully qualified domain name", REASON_POLICY, PHRASE_PLAIN },
	{ "badsendermx", REASON_POLICY, PHRASE_STRONG },
	{ "senderfilter", REASON_POLICY, PHRASE_STRONG },                 /* ovh */
	{ "emetteur invalide", REASON_POLICY, PHRASE_STRONG },            /* orange */
	{ "adresse emetteur", REASON_POLICY, PHRASE_STRONG },             /* orange */
	{ "gateway user", REASON_POLICY, PHRASE_PLAIN },
	{ "registered gateway", REASON_POLICY, PHRASE_PLAIN },
	{ "message filtered", REASON_POLICY, PHRASE_STRONG },             /* messagelabs */
	{ "envelope blocked", REASON_POLICY, PHRASE_STRONG },             /* mimecast */
	{ "envelope rejected", REASON_POLICY, PHRASE_STRONG },            /* mimecast */
	{ "anti-spoofing", REASON_POLICY, PHRASE_STRONG },                /* mimecast */
	{ "spoof", REASON_POLICY, PHRASE_PLAIN },
	{ "impersonat", REASON_POLICY, PHRASE_PLAIN },
	{ "block policy", REASON_POLICY, PHRASE_STRONG },                 /* mimecast */
	{ "security polic", REASON_POLICY, PHRASE_PLAIN },
	{ "security policies", REASON_POLICY, PHRASE_STRONG },            /* mimecast */
	{ "security regulations", REASON_POLICY, PHRASE_PLAIN },
	{ "content examination", REASON_POLICY, PHRASE_PLAIN },           /* mimecast */
	{ "does not comply", REASON_POLICY, PHRASE_PLAIN },
	{ "connection rejected by policy", REASON_POLICY, PHRASE_STRONG }, /* messagelabs */
	{ "restrictions", REASON_POLICY, PHRASE_WEAK },
	{ "not on the accept list", REASON_POLICY, PHRASE_STRONG },
	{ "requires that you verify", REASON_POLICY, PHRASE_STRONG },
	{ "confirm this mail server", REASON_POLICY, PHRASE_STRONG },
	{ "will not accept delivery", REASON_POLICY, PHRASE_PLAIN },      /* aol */
	{ "messaging server refuse", REASON_POLICY, PHRASE_PLAIN },
	{ "service refus", REASON_POLICY, PHRASE_WEAK },                  /* orange */
	{ "connexion refus", REASON_POLICY, PHRASE_PLAIN },               /* orange */
	{ "no smtp service", REASON_POLICY, PHRASE_PLAIN },               /* gmx */
	{ "a problem occurred. (ask your postmaster", REASON_POLICY, PHRASE_STRONG }, /* t-online */
	{ "tosa", REASON_POLICY, PHRASE_WEAK },                           /* t-online */
	{ "rx.t-online", REASON_POLICY, PHRASE_STRONG },                  /* t-online */
	{ "suspicious", REASON_POLICY, PHRASE_PLAIN },
	{ "suspect", REASON_POLICY, PHRASE_PLAIN },
	{ "bad reverse", REASON_POLICY, PHRASE_STRONG },
	{ "forbidden", REASON_POLICY, PHRASE_PLAIN },
	{ "prohibited", REASON_POLICY, PHRASE_PLAIN },
	{ "disallowed", REASON_POLICY, PHRASE_PLAIN },
	{ "prohibition", REASON_POLICY, PHRASE_PLAIN },
	{ "untrusted", REASON_POLICY, PHRASE_PLAIN },
	{ "not trusted", REASON_POLICY, PHRASE_PLAIN },
	{ "command not allowed", REASON_POLICY, PHRASE_WEAK },
	{ "deny", REASON_POLICY, PHRASE_WEAK },
	{ "relay", REASON_POLICY, PHRASE_WEAK },
	{ "unauthorised", REASON_POLICY, PHRASE_PLAIN },
	{ "not configured to relay", REASON_POLICY, PHRASE_STRONG },
	{ "do not relay", REASON_POLICY, PHRASE_STRONG },
	{ "rejecting open", REASON_POLICY, PHRASE_STRONG },
	{ "invalid domain name", REASON_POLICY, PHRASE_PLAIN },
	{ "geo-block", REASON_POLICY, PHRASE_STRONG },
	{ "geographic", REASON_POLICY, PHRASE_PLAIN },
	{ "ringbuf", REASON_POLICY, PHRASE_WEAK },
	{ "hvu:b1", REASON_POLICY, PHRASE_STRONG },                       /* aol */
	{ "dyn:t1", REASON_POLICY, PHRASE_STRONG },                       /* aol */
	{ "rtr:", REASON_POLICY, PHRASE_PLAIN },                          /* aol */
	{ "rly:", REASON_POLICY, PHRASE_PLAIN },                          /* aol */
	{ "con:b1", REASON_POLICY, PHRASE_STRONG },                       /* aol */
	{ "oou-00", REASON_POLICY, PHRASE_PLAIN },
	{ "ou-00", REASON_POLICY, PHRASE_STRONG },                        /* hotmail */
	{ "sc-00", REASON_POLICY, PHRASE_STRONG },                        /* hotmail */
	{ "dy-00", REASON_POLICY, PHRASE_STRONG },                        /* hotmail */
	{ "jmrp", REASON_POLICY, PHRASE_STRONG },                         /* hotmail */
	{ "s3140", REASON_POLICY, PHRASE_STRONG },                        /* hotmail */
	{ "s3150", REASON_POLICY, PHRASE_STRONG },                        /* hotmail */
	{ "bl21", REASON_POLICY, PHRASE_PLAIN },                          /* yahoo */
	{ "beleid", REASON_POLICY, PHRASE_PLAIN },                        /* dutch */
	{ "blokkeerlijst", REASON_POLICY, PHRASE_STRONG },                /* dutch */
	{ "zwarte lijst", REASON_POLICY, PHRASE_STRONG },                 /* dutch */
	{ "niet gemachtigd", REASON_POLICY, PHRASE_PLAIN },               /* dutch */
	{ "niet geautoriseerd", REASON_POLICY, PHRASE_PLAIN },            /* dutch */
	{ "authenticatie vereist", REASON_POLICY, PHRASE_STRONG },        /* dutch */
	{ "authenticatie is vereist", REASON_POLICY, PHRASE_STRONG },     /* dutch */
	{ "afzender * geweigerd", REASON_POLICY, PHRASE_STRONG },         /* dutch */
	{ "afzender * geblokkeerd", REASON_POLICY, PHRASE_STRONG },       /* dutch */
	{ "machtiging", REASON_POLICY, PHRASE_PLAIN },                    /* exchange, dutch */
	{ "verzendbeperking", REASON_POLICY, PHRASE_PLAIN },              /* exchange, dutch */
	{ "richtlinie", REASON_POLICY, PHRASE_PLAIN },                    /* german */
	{ "absender * abgelehnt", REASON_POLICY, PHRASE_STRONG },         /* german */
	{ "gesperrte", REASON_POLICY, PHRASE_WEAK },                      /* german */
	{ "sperrliste", REASON_POLICY, PHRASE_STRONG },                   /* german */
	{ "liste noire", REASON_POLICY, PHRASE_STRONG },                  /* french */
	{ "autorisation", REASON_POLICY, PHRASE_PLAIN },                  /* french */
	{ NULL, REASON_NONE, 0 },
};
