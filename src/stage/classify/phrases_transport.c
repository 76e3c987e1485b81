/*
 * phrases_transport: the way there is the reason: network, queue time, a broken system.
 *
 * Input: none; constant data.
 */
#include "base.h"

#include "phrases.h"

const struct reason_phrase phrases_transport[] = {
	/* ---- network */
	{ "connection timed out", REASON_NETWORK, PHRASE_STRONG }, /* postfix, sendmail, exim */
	{ "operation timed out", REASON_NETWORK, PHRASE_STRONG },
	{ "timed out", REASON_NETWORK, PHRASE_PLAIN },
	{ "timeout", REASON_NETWORK, PHRASE_WEAK + 4 },
	{ "retry timeout exceeded", REASON_NETWORK, PHRASE_PLAIN },       /* exim */
	{ "retry time not reached", REASON_NETWORK, PHRASE_PLAIN },
	{ "connection refused", REASON_NETWORK, PHRASE_STRONG },
	{ "connection reset", REASON_NETWORK, PHRASE_PLAIN + 2 },
	{ "connection lost", REASON_NETWORK, PHRASE_STRONG },
	{ "lost connection", REASON_NETWORK, PHRASE_STRONG },             /* postfix */
	{ "connection dropped", REASON_NETWORK, PHRASE_STRONG },
	{ "connection closed", REASON_NETWORK, PHRASE_PLAIN },
	{ "connection died", REASON_NETWORK, PHRASE_PLAIN },              /* qmail */
	{ "connected to * but connection died", REASON_NETWORK, PHRASE_STRONG },
	{ "no route to host", REASON_NETWORK, PHRASE_STRONG },
	{ "network is unreachable", REASON_NETWORK, PHRASE_STRONG },
	{ "network unreachable", REASON_NETWORK, PHRASE_STRONG },
	{ "network error", REASON_NETWORK, PHRASE_PLAIN },
	{ "host not reachable", REASON_NETWORK, PHRASE_STRONG },          /* zoho */
	{ "host unreachable", REASON_NETWORK, PHRASE_STRONG },
	{ "host is down", REASON_NETWORK, PHRASE_STRONG },
	{ "host down", REASON_NETWORK, PHRASE_PLAIN },
	{ "unable to connect", REASON_NETWORK, PHRASE_STRONG },
	{ "could not connect", REASON_NETWORK, PHRASE_STRONG },
	{ "couldn't connect", REASON_NETWORK, PHRASE_STRONG },
	{ "cannot connect", REASON_NETWORK, PHRASE_STRONG },
	{ "can't connect", REASON_NETWORK, PHRASE_STRONG },
	{ "failed to connect", REASON_NETWORK, PHRASE_STRONG },
	/* qmail */
	{ "wasn't able to establish an smtp connection", REASON_NETWORK, PHRASE_STRONG },
	{ "did not accept our requests to connect", REASON_NETWORK, PHRASE_STRONG }, /* gmail */
	{ "did not respond", REASON_NETWORK, PHRASE_PLAIN },
	{ "not responding", REASON_NETWORK, PHRASE_PLAIN },
	{ "no answer from host", REASON_NETWORK, PHRASE_STRONG }, /* rfc 3463 text of x.4.1 */
	{ "bad connection", REASON_NETWORK, PHRASE_PLAIN },
	{ "socket error", REASON_NETWORK, PHRASE_PLAIN },
	{ "delivery time expired", REASON_NETWORK, PHRASE_STRONG }, /* rfc 3463 text of 4.4.7 */
	{ "message expired", REASON_NETWORK, PHRASE_PLAIN },
	{ "envelope expired", REASON_NETWORK, PHRASE_STRONG },            /* opensmtpd */
	{ "queue too long", REASON_NETWORK, PHRASE_WEAK }, /* qmail: said behind the last error */
	{ "in the queue too long", REASON_NETWORK, PHRASE_WEAK },
	{ "expired", REASON_NETWORK, PHRASE_WEAK + 2 },
	{ "message delayed", REASON_NETWORK, PHRASE_WEAK + 4 },
	{ "maximum delivery attempts", REASON_NETWORK, PHRASE_PLAIN },    /* interscan */
	{ "failed * attempts", REASON_NETWORK, PHRASE_WEAK + 4 },         /* imail */
	{ "could not send message for", REASON_NETWORK, PHRASE_WEAK },
	{ "cannot send message for", REASON_NETWORK, PHRASE_WEAK },       /* sendmail */
	{ "message could not be delivered for", REASON_NETWORK, PHRASE_WEAK }, /* sendmail */
	{ "remained in the queue", REASON_NETWORK, PHRASE_WEAK },
	{ "name server: * host name lookup failure", REASON_NETWORK, PHRASE_STRONG },
	{ "host name lookup failure", REASON_NETWORK, PHRASE_PLAIN },     /* sendmail, 4xx */
	{ "name server timeout", REASON_NETWORK, PHRASE_PLAIN },
	{ "dns failure", REASON_NETWORK, PHRASE_PLAIN },
	{ "dns error", REASON_NETWORK, PHRASE_PLAIN },
	{ "dns server", REASON_NETWORK, PHRASE_WEAK },
	{ "too many hops", REASON_NETWORK, PHRASE_STRONG },
	{ "hop count", REASON_NETWORK, PHRASE_STRONG },
	{ "mail loop", REASON_NETWORK, PHRASE_STRONG },
	{ "loops back to myself", REASON_NETWORK, PHRASE_STRONG },        /* postfix, sendmail */
	{ "mail forwarding loop", REASON_NETWORK, PHRASE_STRONG },        /* postfix */
	{ "routing loop", REASON_NETWORK, PHRASE_STRONG },
	{ "loop detected", REASON_NETWORK, PHRASE_STRONG },
	{ "looping", REASON_NETWORK, PHRASE_PLAIN },
	{ "communication failure", REASON_NETWORK, PHRASE_WEAK },         /* exchange online */
	{ "verbinding * geweigerd", REASON_NETWORK, PHRASE_PLAIN },
	{ "nog niet bezorgd", REASON_NETWORK, PHRASE_WEAK },
	{ "tls handshake", REASON_NETWORK, PHRASE_PLAIN },
	{ "tls connection", REASON_NETWORK, PHRASE_WEAK },
	/* yahoo japan: gives up after days */
	{ "resources temporarily unavailable", REASON_NETWORK, PHRASE_PLAIN },
	{ "conversation with * timed out", REASON_NETWORK, PHRASE_STRONG }, /* postfix */
	{ "refused to talk to me", REASON_NETWORK, PHRASE_WEAK }, /* postfix, before the reason */
	/* postfix */
	{ "while receiving the initial server greeting", REASON_NETWORK, PHRASE_STRONG },
	{ "while sending", REASON_NETWORK, PHRASE_PLAIN },                /* postfix */
	{ "deferred: connection", REASON_NETWORK, PHRASE_STRONG },        /* sendmail */
	{ "connection failed", REASON_NETWORK, PHRASE_STRONG },
	{ "connect failed", REASON_NETWORK, PHRASE_STRONG },
	{ "no connection", REASON_NETWORK, PHRASE_PLAIN },
	{ "unreachable", REASON_NETWORK, PHRASE_PLAIN },
	{ "not reachable", REASON_NETWORK, PHRASE_PLAIN },
	{ "cannot reach", REASON_NETWORK, PHRASE_PLAIN },
	{ "no response", REASON_NETWORK, PHRASE_PLAIN },
	{ "did not answer", REASON_NETWORK, PHRASE_PLAIN },
	{ "not answering", REASON_NETWORK, PHRASE_PLAIN },
	{ "read error", REASON_NETWORK, PHRASE_PLAIN },
	{ "write error", REASON_NETWORK, PHRASE_PLAIN },
	{ "broken pipe", REASON_NETWORK, PHRASE_PLAIN },
	{ "end of file", REASON_NETWORK, PHRASE_WEAK },
	{ "handshake", REASON_NETWORK, PHRASE_WEAK },
	{ "ssl", REASON_NETWORK, PHRASE_WEAK },
	{ "certificate", REASON_NETWORK, PHRASE_PLAIN },
	{ "stopped trying", REASON_NETWORK, PHRASE_PLAIN },               /* exchange */
	{ "gave up", REASON_NETWORK, PHRASE_WEAK },
	{ "attempts failed", REASON_NETWORK, PHRASE_PLAIN },
	{ "delivery attempts", REASON_NETWORK, PHRASE_WEAK },
	{ "delivery timeout", REASON_NETWORK, PHRASE_STRONG },
	{ "delivery expired", REASON_NETWORK, PHRASE_STRONG },
	{ "queue.expired", REASON_NETWORK, PHRASE_STRONG },               /* exchange */
	{ "message has expired", REASON_NETWORK, PHRASE_STRONG },
	{ "max retry", REASON_NETWORK, PHRASE_PLAIN },
	{ "maximum retries", REASON_NETWORK, PHRASE_PLAIN },
	{ "exceeded maximum time", REASON_NETWORK, PHRASE_STRONG },
	{ "holding time", REASON_NETWORK, PHRASE_STRONG },
	{ "undelivered after", REASON_NETWORK, PHRASE_WEAK },
	{ "not been delivered after", REASON_NETWORK, PHRASE_WEAK },
	{ "dns lookup", REASON_NETWORK, PHRASE_WEAK },
	{ "dns query", REASON_NETWORK, PHRASE_PLAIN },
	{ "servfail", REASON_NETWORK, PHRASE_STRONG },
	{ "lookup failed", REASON_NETWORK, PHRASE_WEAK },
	{ "nameserver", REASON_NETWORK, PHRASE_WEAK },
	{ "name server", REASON_NETWORK, PHRASE_WEAK },
	{ "name service error", REASON_NETWORK, PHRASE_WEAK },            /* postfix */
	{ "temporary resolver", REASON_NETWORK, PHRASE_STRONG },
	{ "try again later", REASON_NETWORK, PHRASE_WEAK },
	{ "infononrr", REASON_NETWORK, PHRASE_WEAK },
	{ "too many received", REASON_NETWORK, PHRASE_STRONG },
	{ "received headers", REASON_NETWORK, PHRASE_PLAIN },
	{ "maximum hop", REASON_NETWORK, PHRASE_STRONG },
	{ "hopcount", REASON_NETWORK, PHRASE_STRONG },
	{ "verbinding", REASON_NETWORK, PHRASE_WEAK },                    /* dutch */
	{ "time-out", REASON_NETWORK, PHRASE_PLAIN },                     /* dutch */
	{ "niet bereikbaar", REASON_NETWORK, PHRASE_PLAIN },              /* dutch */
	{ "nicht erreichbar", REASON_NETWORK, PHRASE_PLAIN },             /* german */
	{ "zeitüberschreitung", REASON_NETWORK, PHRASE_STRONG },          /* german */
	{ "injoignable", REASON_NETWORK, PHRASE_PLAIN },                  /* french */
	{ "délai", REASON_NETWORK, PHRASE_PLAIN },                        /* french */

	/* ---- system */
	/* postfix: table of the far side */
	{ "temporary lookup failure", REASON_SYSTEM, PHRASE_PLAIN },
	{ "insufficient system", REASON_SYSTEM, PHRASE_STRONG },
	{ "insufficient resources", REASON_SYSTEM, PHRASE_STRONG },
	{ "insufficient disk space", REASON_SYSTEM, PHRASE_STRONG },
	{ "no space left", REASON_SYSTEM, PHRASE_STRONG },
	{ "system full", REASON_SYSTEM, PHRASE_STRONG },
	{ "mail system full", REASON_SYSTEM, PHRASE_STRONG }, /* rfc 3463 text of x.3.1 */
	{ "file system full", REASON_SYSTEM, PHRASE_STRONG },
	{ "out of memory", REASON_SYSTEM, PHRASE_STRONG },
	{ "system error", REASON_SYSTEM, PHRASE_PLAIN },
	{ "internal error", REASON_SYSTEM, PHRASE_PLAIN },
	{ "internal server error", REASON_SYSTEM, PHRASE_PLAIN },
	{ "server error", REASON_SYSTEM, PHRASE_PLAIN },
	{ "local error", REASON_SYSTEM, PHRASE_PLAIN },
	{ "local configuration error", REASON_SYSTEM, PHRASE_STRONG },
	{ "configuration error", REASON_SYSTEM, PHRASE_PLAIN },
	{ "local problem", REASON_SYSTEM, PHRASE_PLAIN },
	{ "mailer error", REASON_SYSTEM, PHRASE_PLAIN }, /* sendmail: unknown mailer error 1 */
	{ "command died", REASON_SYSTEM, PHRASE_PLAIN },                  /* postfix */
	{ "command died with status", REASON_SYSTEM, PHRASE_PLAIN },
	{ "pipe to", REASON_SYSTEM, PHRASE_PLAIN },                       /* exim */
	{ "command time limit exceeded", REASON_SYSTEM, PHRASE_STRONG },  /* postfix */
	{ "command output", REASON_SYSTEM, PHRASE_WEAK },
	{ "input/output error", REASON_SYSTEM, PHRASE_STRONG },
	{ "i/o error", REASON_SYSTEM, PHRASE_STRONG },
	{ "operating system error", REASON_SYSTEM, PHRASE_STRONG },
	{ "service unavailable", REASON_SYSTEM, PHRASE_WEAK + 2 },
	{ "service not available", REASON_SYSTEM, PHRASE_WEAK + 2 },
	{ "service currently unavailable", REASON_SYSTEM, PHRASE_PLAIN },
	{ "system not accepting", REASON_SYSTEM, PHRASE_PLAIN }, /* rfc 3463 text of x.3.2 */
	{ "temporarily unavailable", REASON_SYSTEM, PHRASE_WEAK + 3 },
	{ "temporary failure", REASON_SYSTEM, PHRASE_WEAK },
	{ "temporary error", REASON_SYSTEM, PHRASE_WEAK },
	{ "temporary server error", REASON_SYSTEM, PHRASE_PLAIN },
	{ "maildir delivery failed", REASON_SYSTEM, PHRASE_PLAIN },
	{ "can't create", REASON_SYSTEM, PHRASE_PLAIN },
	{ "cannot create", REASON_SYSTEM, PHRASE_PLAIN },
	{ "unable to create", REASON_SYSTEM, PHRASE_PLAIN },
	{ "no such file or directory", REASON_SYSTEM, PHRASE_PLAIN },
	{ "bad configuration", REASON_SYSTEM, PHRASE_PLAIN },
	{ "unknown mailer error", REASON_SYSTEM, PHRASE_PLAIN },
	{ "remote protocol error", REASON_SYSTEM, PHRASE_WEAK },          /* sendmail 5 */
	{ "smtputf8", REASON_SYSTEM, PHRASE_STRONG },
	{ "8bitmime", REASON_SYSTEM, PHRASE_PLAIN },
	{ "not a gateway", REASON_SYSTEM, PHRASE_PLAIN },
	{ "syntax error", REASON_SYSTEM, PHRASE_PLAIN },
	{ "protocol error", REASON_SYSTEM, PHRASE_WEAK },
	{ "storedrv", REASON_SYSTEM, PHRASE_WEAK }, /* exchange store driver */
	{ "may not follow", REASON_SYSTEM, PHRASE_PLAIN },                /* exim, malformed */
	{ "database", REASON_SYSTEM, PHRASE_WEAK },
	{ "cannot append", REASON_SYSTEM, PHRASE_PLAIN },                 /* postfix */
	{ "unable to open mailbox", REASON_SYSTEM, PHRASE_PLAIN },
	{ "unable to write", REASON_SYSTEM, PHRASE_PLAIN },
	{ "could not write", REASON_SYSTEM, PHRASE_PLAIN },
	{ "read-only", REASON_SYSTEM, PHRASE_PLAIN },
	{ "disk full", REASON_SYSTEM, PHRASE_STRONG },
	{ "disk space", REASON_SYSTEM, PHRASE_PLAIN },
	{ "low on", REASON_SYSTEM, PHRASE_WEAK },
	{ "insufficient", REASON_SYSTEM, PHRASE_PLAIN },
	{ "out of space", REASON_SYSTEM, PHRASE_PLAIN },
	{ "overloaded", REASON_SYSTEM, PHRASE_PLAIN },
	{ "system load", REASON_SYSTEM, PHRASE_PLAIN },
	{ "load too high", REASON_SYSTEM, PHRASE_PLAIN },
	{ "maintenance", REASON_SYSTEM, PHRASE_PLAIN },
	{ "in onderhoud", REASON_SYSTEM, PHRASE_PLAIN },
	{ "ldap server down", REASON_SYSTEM, PHRASE_PLAIN },
	{ "ldap server is down", REASON_SYSTEM, PHRASE_PLAIN },
	{ "ldap server unavailable", REASON_SYSTEM, PHRASE_PLAIN },
	{ "ldap timeout", REASON_SYSTEM, PHRASE_PLAIN },
	{ "cannot verify recipient", REASON_SYSTEM, PHRASE_PLAIN },
	{ "directory service unavailable", REASON_SYSTEM, PHRASE_PLAIN },
	{ "directory service is unavailable", REASON_SYSTEM, PHRASE_PLAIN },
	{ "directory server unavailable", REASON_SYSTEM, PHRASE_PLAIN },
	{ "license expired", REASON_SYSTEM, PHRASE_PLAIN },
	{ "license has expired", REASON_SYSTEM, PHRASE_PLAIN },
	{ "licence expired", REASON_SYSTEM, PHRASE_PLAIN },
	{ "licence has expired", REASON_SYSTEM, PHRASE_PLAIN },
	{ "shutting down", REASON_SYSTEM, PHRASE_PLAIN },
	{ "shutdown", REASON_SYSTEM, PHRASE_PLAIN },
	{ "not configured", REASON_SYSTEM, PHRASE_PLAIN },
	{ "misconfigured", REASON_SYSTEM, PHRASE_PLAIN },
	{ "configuration", REASON_SYSTEM, PHRASE_WEAK },
	{ "mail server could not deliver", REASON_SYSTEM, PHRASE_PLAIN }, /* directadmin, cpanel */
	{ "unable to process", REASON_SYSTEM, PHRASE_PLAIN },
	{ "unexpected", REASON_SYSTEM, PHRASE_WEAK },
	{ "exception", REASON_SYSTEM, PHRASE_WEAK },
	{ "aborted", REASON_SYSTEM, PHRASE_WEAK },
	{ "requested action aborted", REASON_SYSTEM, PHRASE_PLAIN },
	{ "local error in processing", REASON_SYSTEM, PHRASE_PLAIN },     /* rfc 5321 text of 451 */
	{ "error in processing", REASON_SYSTEM, PHRASE_PLAIN },
	{ "procmail", REASON_SYSTEM, PHRASE_PLAIN },
	{ "maildrop", REASON_SYSTEM, PHRASE_PLAIN },
	{ "sieve", REASON_SYSTEM, PHRASE_WEAK },
	{ "exit status", REASON_SYSTEM, PHRASE_PLAIN },
	{ "signal", REASON_SYSTEM, PHRASE_WEAK },
	{ "user lookup", REASON_SYSTEM, PHRASE_WEAK },
	{ "ldap", REASON_SYSTEM, PHRASE_WEAK },
	{ "mysql", REASON_SYSTEM, PHRASE_PLAIN },
	{ "delivery agent", REASON_SYSTEM, PHRASE_WEAK },
	{ "couldn't create", REASON_SYSTEM, PHRASE_STRONG },              /* procmail */
	{ "permission denied", REASON_SYSTEM, PHRASE_WEAK },
	{ "cannot open", REASON_SYSTEM, PHRASE_PLAIN },
	{ "can't open", REASON_SYSTEM, PHRASE_PLAIN },
	{ "not supported", REASON_SYSTEM, PHRASE_WEAK },
	{ "unsupported", REASON_SYSTEM, PHRASE_PLAIN },
	{ "internationalized", REASON_SYSTEM, PHRASE_STRONG },            /* smtputf8 */
	{ "utf-8 address", REASON_SYSTEM, PHRASE_STRONG },
	{ "non-ascii", REASON_SYSTEM, PHRASE_STRONG },
	{ "bad sequence", REASON_SYSTEM, PHRASE_PLAIN },
	{ "command unrecognized", REASON_SYSTEM, PHRASE_PLAIN },
	{ "unrecognized command", REASON_SYSTEM, PHRASE_PLAIN },
	{ "command not implemented", REASON_SYSTEM, PHRASE_PLAIN },
	{ "syntax", REASON_SYSTEM, PHRASE_PLAIN },
	{ "bad syntax", REASON_SYSTEM, PHRASE_PLAIN },
	{ "tijdelijke fout", REASON_SYSTEM, PHRASE_WEAK },                /* dutch */
	{ "systeemfout", REASON_SYSTEM, PHRASE_PLAIN },                   /* dutch */
	{ "interne fout", REASON_SYSTEM, PHRASE_PLAIN },                  /* dutch */
	{ "interner fehler", REASON_SYSTEM, PHRASE_PLAIN },               /* german */
	{ "erreur interne", REASON_SYSTEM, PHRASE_PLAIN },                /* french */
	{ "aliasing/forwarding loop", REASON_SYSTEM, PHRASE_STRONG },     /* sendmail */
	{ "unbalanced", REASON_SYSTEM, PHRASE_PLAIN },                    /* sendmail */
	{ NULL, REASON_NONE, 0 },
};
