/*
 * phrases_providers: codes and texts of single mail servers and providers, as their documentation
 * or their source has them.
 *
 * Input: none; constant data.
 */
#include "base.h"

#include "phrases.h"

const struct reason_phrase phrases_providers[] = {
	/* ---- mail servers */
	{ "tried all mxs", REASON_NETWORK, PHRASE_STRONG },               /* haraka */
	{ "tried all mx", REASON_NETWORK, PHRASE_STRONG },
	{ "no mx responded", REASON_NETWORK, PHRASE_STRONG },
	{ "all mx hosts failed", REASON_NETWORK, PHRASE_STRONG },
	{ "all hosts failed", REASON_NETWORK, PHRASE_STRONG },
	{ "all hosts for * have been failing", REASON_NETWORK, PHRASE_STRONG }, /* exim */
	{ "none of the * mx", REASON_NETWORK, PHRASE_PLAIN },
	{ "all mail servers * failed", REASON_NETWORK, PHRASE_STRONG },
	{ "could not contact", REASON_NETWORK, PHRASE_PLAIN },
	{ "unable to contact", REASON_NETWORK, PHRASE_PLAIN },
	{ "failed to contact", REASON_NETWORK, PHRASE_PLAIN },
	{ "server broken", REASON_NETWORK, PHRASE_PLAIN },
	{ "connection with * broken", REASON_NETWORK, PHRASE_STRONG },    /* communigate */
	{ "connection * is broken", REASON_NETWORK, PHRASE_PLAIN },
	{ "host * is down", REASON_NETWORK, PHRASE_STRONG },
	{ "server * is down", REASON_NETWORK, PHRASE_STRONG },
	{ "too many failures", REASON_NETWORK, PHRASE_PLAIN },            /* haraka */
	{ "nowhere to deliver mail to", REASON_DOMAIN, PHRASE_STRONG },   /* haraka */
	{ "no a or mx record", REASON_DOMAIN, PHRASE_STRONG },
	{ "no mx or a record", REASON_DOMAIN, PHRASE_STRONG },
	{ "no mx found", REASON_DOMAIN, PHRASE_STRONG },                  /* opensmtpd */
	{ "network error on destination", REASON_NETWORK, PHRASE_STRONG },/* opensmtpd */
	{ "temporary failure in mx lookup", REASON_NETWORK, PHRASE_STRONG },
	{ "destination seem to reject all mails", REASON_POLICY, PHRASE_STRONG },
	{ "indicated no smtp service", REASON_DOMAIN, PHRASE_STRONG },    /* exim: null MX, SRV */
	{ "lowest numbered mx record points to local", REASON_NETWORK, PHRASE_STRONG }, /* exim */
	{ "remote host address is the local host", REASON_NETWORK, PHRASE_STRONG },     /* exim */
	{ "best-preference mx", REASON_NETWORK, PHRASE_STRONG },          /* qmail, with 5.4.6 */
	{ "message is looping", REASON_NETWORK, PHRASE_STRONG },          /* qmail */
	{ "mx list for * points back", REASON_NETWORK, PHRASE_STRONG },   /* sendmail */
	{ "cname lookup failed temporarily", REASON_NETWORK, PHRASE_STRONG }, /* qmail */
	{ "mail transport unavailable", REASON_SYSTEM, PHRASE_PLAIN },    /* postfix */
	{ "server unavailable", REASON_SYSTEM, PHRASE_WEAK + 2 },
	{ "cannot update mailbox", REASON_SYSTEM, PHRASE_PLAIN },         /* postfix */
	{ "file too large", REASON_FULL, PHRASE_PLAIN + 2 },    /* postfix: mailbox_size_limit */
	{ "file too big", REASON_FULL, PHRASE_PLAIN + 2 },
	{ "tls is required", REASON_POLICY, PHRASE_STRONG },              /* postfix */
	{ "mta-sts", REASON_POLICY, PHRASE_STRONG },
	{ "tlsa", REASON_POLICY, PHRASE_PLAIN },
	{ "dane ", REASON_POLICY, PHRASE_PLAIN },
	{ "max emails per hour", REASON_RATE, PHRASE_STRONG },            /* cpanel */
	{ "max defers and failures per hour", REASON_RATE, PHRASE_STRONG },
	{ "outgoing message limit", REASON_RATE, PHRASE_STRONG },         /* plesk */
	{ "limit on the number of * messages", REASON_RATE, PHRASE_STRONG },
	{ "no such domain", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "unknown host", REASON_DOMAIN, PHRASE_PLAIN },
	{ "host unknown", REASON_DOMAIN, PHRASE_PLAIN },
	{ "find mx record", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "find an mx record", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "mx record not found", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "mx records not found", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "no mx for ", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "mailbox is not available", REASON_USER, PHRASE_WEAK + 2 },     /* seznam */
	{ "no reverse dns", REASON_POLICY, PHRASE_STRONG },
	{ "exceeded the maximum number of", REASON_RATE, PHRASE_PLAIN },
	{ "space not enough", REASON_FULL, PHRASE_STRONG },               /* qq */
	{ "mailbox has exceeded", REASON_FULL, PHRASE_STRONG },
	{ "exceeded the size limit * mailbox", REASON_FULL, PHRASE_STRONG },
	/* exchange online 5.2.2 */
	{ "mailbox * can't accept messages", REASON_FULL, PHRASE_STRONG },
	{ "mailbox is currently unavailable", REASON_SYSTEM, PHRASE_WEAK + 4 },
	{ "has reached * quota", REASON_FULL, PHRASE_STRONG },
	{ "reached its quota", REASON_FULL, PHRASE_STRONG },
	{ "quota reached", REASON_FULL, PHRASE_STRONG },
	{ "exceeded their quota", REASON_FULL, PHRASE_STRONG },
	{ "exceed mailbox quota", REASON_FULL, PHRASE_STRONG },
	{ "exceeding quota", REASON_FULL, PHRASE_STRONG },
	{ "over disk quota", REASON_FULL, PHRASE_STRONG },

	/* ---- spam filters */
	{ "blocked by spam", REASON_CONTENT, PHRASE_PLAIN + 4 },
	{ "spamassassin", REASON_CONTENT, PHRASE_PLAIN + 4 },
	/* proofpoint */
	{ "matches a profile the internet community", REASON_CONTENT, PHRASE_STRONG },
	{ "high probability of spam", REASON_CONTENT, PHRASE_STRONG },    /* spamexperts */
	{ "fortispamshield", REASON_CONTENT, PHRASE_STRONG },             /* fortimail */
	{ "fortiguard", REASON_CONTENT, PHRASE_STRONG },
	{ "rejected by fortimail", REASON_POLICY, PHRASE_PLAIN },
	{ "expurgate", REASON_CONTENT, PHRASE_PLAIN },
	{ "blocked by vade", REASON_CONTENT, PHRASE_STRONG },
	{ "scored * spam points", REASON_CONTENT, PHRASE_STRONG }, /* spamassassin at smtp */
	{ "spam points", REASON_CONTENT, PHRASE_PLAIN },
	{ "detected your message as spam", REASON_CONTENT, PHRASE_STRONG },   /* cpanel */
	{ "suspicion of spam", REASON_CONTENT, PHRASE_STRONG },           /* yandex */
	{ "looks like * spam", REASON_CONTENT, PHRASE_PLAIN },
	{ "classification as bulk", REASON_CONTENT, PHRASE_STRONG },      /* sophos */
	{ "discarded as high-probability spam", REASON_CONTENT, PHRASE_STRONG }, /* mailfoundry */
	{ "rejected due to spam", REASON_CONTENT, PHRASE_STRONG },
	{ "because of spam", REASON_CONTENT, PHRASE_PLAIN },
	{ "spam message rejected", REASON_CONTENT, PHRASE_STRONG },       /* mail.ru, strato */
	{ "spam email", REASON_CONTENT, PHRASE_PLAIN },
	{ "spam threshold", REASON_CONTENT, PHRASE_STRONG },
	{ "high spam", REASON_CONTENT, PHRASE_PLAIN },
	{ "poor reputation sender", REASON_POLICY, PHRASE_STRONG },       /* mimecast */
	{ "recipient server unavailable", REASON_NETWORK, PHRASE_PLAIN }, /* mimecast */
	{ "shlo", REASON_POLICY, PHRASE_WEAK },                           /* sonicwall */
	{ "aup#", REASON_POLICY, PHRASE_PLAIN },                          /* charter */
	{ "cxbl", REASON_POLICY, PHRASE_STRONG },                         /* cox */
	{ "cxsndr", REASON_POLICY, PHRASE_STRONG },
	{ "[cs01]", REASON_POLICY, PHRASE_STRONG },                       /* icloud */
	{ "[hm08]", REASON_POLICY, PHRASE_STRONG },
	{ "[ph01]", REASON_CONTENT, PHRASE_STRONG },                      /* yahoo */
	{ "[ts0", REASON_POLICY, PHRASE_STRONG },                         /* yahoo */
	{ "[tss0", REASON_POLICY, PHRASE_STRONG },                        /* yahoo */
	{ "[iphoa]", REASON_POLICY, PHRASE_STRONG },
	{ "[gl01]", REASON_POLICY, PHRASE_STRONG },                       /* yahoo: greylisted */
	{ "requested mail action aborted, mailbox not found", REASON_USER, PHRASE_STRONG },
	{ "delivery error: dd", REASON_USER, PHRASE_WEAK },               /* yahoo */
	{ "mailbox is disabled (554.30)", REASON_DISABLED, PHRASE_STRONG },
	{ "dmarc policy", REASON_POLICY, PHRASE_STRONG },

	/* ---- gmail */
	{ "exceeded google's message size", REASON_SIZE, PHRASE_STRONG },
	{ "daily user sending limit", REASON_RATE, PHRASE_STRONG },
	{ "receiving mail at a rate", REASON_RATE, PHRASE_STRONG },
	{ "receiving mail too quickly", REASON_RATE, PHRASE_STRONG },
	{ "not a valid rfc", REASON_USER, PHRASE_PLAIN },                 /* 5.1.3 */
	{ "likely suspicious", REASON_POLICY, PHRASE_STRONG },
	{ "likely unsolicited", REASON_CONTENT, PHRASE_STRONG },
	{ "account is inactive", REASON_DISABLED, PHRASE_PLAIN + 2 },
	{ "that you tried to reach is inactive", REASON_DISABLED, PHRASE_STRONG },
	{ "that you tried to reach is over quota", REASON_FULL, PHRASE_STRONG },
	{ "that you tried to reach is unavailable", REASON_SYSTEM, PHRASE_PLAIN },

	/* ---- exchange online */
	{ "tenant has exceeded", REASON_RATE, PHRASE_STRONG },            /* 5.7.705 */
	{ "hourly message receive limit", REASON_RATE, PHRASE_STRONG },   /* 5.2.121 */
	{ "recipient rate limit", REASON_RATE, PHRASE_STRONG },           /* 5.1.90 */
	{ "message recipients limit", REASON_RATE, PHRASE_STRONG },
	{ "tenantattribution", REASON_POLICY, PHRASE_STRONG },            /* 5.7.64 */
	{ "not allow external forwarding", REASON_POLICY, PHRASE_STRONG },/* 5.7.520 */
	{ "allowed-senders list", REASON_POLICY, PHRASE_STRONG },         /* 5.7.124 */
	{ "sender not authenticated", REASON_POLICY, PHRASE_STRONG },     /* 5.7.133 */
	{ "banned sending ip", REASON_POLICY, PHRASE_STRONG },            /* 5.7.606 */
	{ "banned sender", REASON_POLICY, PHRASE_STRONG },                /* 5.7.511 */
	{ "traffic not accepted from this ip", REASON_POLICY, PHRASE_STRONG }, /* 5.7.708 */
	{ "unregistered domain", REASON_POLICY, PHRASE_STRONG },          /* 5.7.750 */
	{ "misconfigured forwarding", REASON_SYSTEM, PHRASE_STRONG },     /* 5.2.14 */
	{ "server busy. please try again later from", REASON_RATE, PHRASE_STRONG }, /* 4.7.500 */
	{ "resolver.rst.notauthorized", REASON_POLICY, PHRASE_STRONG },
	{ "resolver.rst.recipsizelimit", REASON_SIZE, PHRASE_STRONG },
	{ "resolver.rst.sendsizelimit", REASON_SIZE, PHRASE_STRONG },
	{ "resolver.rst.authrequired", REASON_POLICY, PHRASE_STRONG },
	{ "resolver.adr.invalidinaddress", REASON_USER, PHRASE_PLAIN },
	{ "resolver.fwd.loop", REASON_NETWORK, PHRASE_STRONG },
	{ "deliver.mailboxoverquota", REASON_FULL, PHRASE_STRONG },
	{ "mailboxquotaexceeded", REASON_FULL, PHRASE_STRONG },
	{ "disk.recipientdisabled", REASON_DISABLED, PHRASE_STRONG },
	{ "mapiexceptionnotauthorized", REASON_POLICY, PHRASE_STRONG },
	{ "transport.rules.rejectmessage", REASON_POLICY, PHRASE_STRONG },
	{ "agent generated message depth exceeded", REASON_NETWORK, PHRASE_PLAIN },

	/* ---- services that send for others */
	{ "suppression list", REASON_USER, PHRASE_PLAIN + 2 },            /* amazon ses */
	{ "suppressed sending", REASON_USER, PHRASE_PLAIN + 2 },
	{ "recent history of bouncing as an invalid", REASON_USER, PHRASE_STRONG },
	{ "previously bounced address", REASON_USER, PHRASE_PLAIN },      /* mailgun 605 */
	{ "bounced address", REASON_USER, PHRASE_PLAIN },                 /* sendgrid */
	{ "email address is not verified", REASON_POLICY, PHRASE_STRONG },/* amazon ses */
	{ "unsubscribed address", REASON_POLICY, PHRASE_PLAIN },          /* sendgrid */
	{ "spam reporting address", REASON_POLICY, PHRASE_STRONG },       /* sendgrid */
	{ "marked your messages as spam", REASON_POLICY, PHRASE_STRONG }, /* mailgun 606 */

	/* ---- providers */
	{ "user is terminated", REASON_USER, PHRASE_PLAIN + 2 },          /* mail.ru */
	{ "message rate limit", REASON_RATE, PHRASE_STRONG },             /* yandex */
	{ "policy rejection on the target", REASON_POLICY, PHRASE_STRONG },
	{ "domain frequency limited", REASON_RATE, PHRASE_STRONG },       /* qq */
	{ "mail content denied", REASON_CONTENT, PHRASE_STRONG },         /* qq */
	{ "rejected by recipients", REASON_POLICY, PHRASE_STRONG },       /* qq */
	{ "suspected bounce attacks", REASON_POLICY, PHRASE_STRONG },     /* qq */
	{ "dt:spm", REASON_CONTENT, PHRASE_STRONG },                      /* 163: content */
	{ "mi:spb", REASON_POLICY, PHRASE_STRONG },
	{ "mi:nhd", REASON_POLICY, PHRASE_STRONG },
	{ "mi:cel", REASON_RATE, PHRASE_STRONG },
	{ "mi:dmc", REASON_POLICY, PHRASE_STRONG },
	{ "mi:sti", REASON_POLICY, PHRASE_STRONG },
	{ "mi:stl", REASON_POLICY, PHRASE_STRONG },
	{ "rp:rcl", REASON_RATE, PHRASE_STRONG },                         /* 163: recipients */
	{ "rp:qrc", REASON_RATE, PHRASE_STRONG },
	{ "rp:trc", REASON_RATE, PHRASE_STRONG },
	{ "rp:cel", REASON_RATE, PHRASE_STRONG },
	{ "hl:rep", REASON_POLICY, PHRASE_STRONG },                       /* 163: greeting */
	{ "hl:ipb", REASON_POLICY, PHRASE_STRONG },
	{ "hl:icc", REASON_RATE, PHRASE_STRONG },
	{ "hl:iff", REASON_RATE, PHRASE_STRONG },
	{ "hl:mep", REASON_POLICY, PHRASE_STRONG },
	{ "exceeded mailsize limit", REASON_SIZE, PHRASE_STRONG },        /* 163 */
	{ "blacklisted by csi", REASON_POLICY, PHRASE_STRONG },           /* libero */
	{ "domainfilter", REASON_POLICY, PHRASE_WEAK },
	{ NULL, REASON_NONE, 0 },
};
