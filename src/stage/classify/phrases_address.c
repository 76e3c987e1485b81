/*
 * phrases_address: the mailbox or its domain is the reason: unknown, full, switched off.
 *
 * Input: none; constant data.
 */
#include "base.h"

#include "phrases.h"

const struct reason_phrase phrases_address[] = {
	/* ---- user */
	{ "user unknown", REASON_USER, PHRASE_PLAIN }, /* sendmail, postfix, everybody */
	{ "unknown user", REASON_USER, PHRASE_PLAIN },                    /* exim, imail */
	{ "user * unknown", REASON_USER, PHRASE_WEAK + 2 },
	{ "unknown recipient", REASON_USER, PHRASE_PLAIN },               /* exchange 5.5 */
	{ "recipient unknown", REASON_USER, PHRASE_PLAIN },
	{ "recipient is unknown", REASON_USER, PHRASE_PLAIN },
	{ "unknown address", REASON_USER, PHRASE_WEAK + 8 },
	/* ironport, in front of whatever it was given */
	{ "unknown address error", REASON_USER, PHRASE_WEAK },
	{ "address unknown", REASON_USER, PHRASE_PLAIN },
	{ "unknown local", REASON_USER, PHRASE_PLAIN }, /* exim: unknown local-part */
	{ "unknown mailbox", REASON_USER, PHRASE_PLAIN },
	{ "mailbox unknown", REASON_USER, PHRASE_PLAIN },
	{ "unknown alias", REASON_USER, PHRASE_PLAIN },
	{ "unknown or illegal alias", REASON_USER, PHRASE_PLAIN },        /* icloud */
	{ "unknown account", REASON_USER, PHRASE_PLAIN },
	{ "account unknown", REASON_USER, PHRASE_PLAIN },
	{ "unknown email", REASON_USER, PHRASE_PLAIN },
	{ "unrouteable address", REASON_USER, PHRASE_PLAIN },             /* exim */
	{ "unroutable address", REASON_USER, PHRASE_PLAIN },
	{ "no such user", REASON_USER, PHRASE_PLAIN },
	{ "nosuchuser", REASON_USER, PHRASE_PLAIN }, /* the anchor in gmail's help link */
	{ "no such recipient", REASON_USER, PHRASE_PLAIN },
	{ "no such address", REASON_USER, PHRASE_PLAIN },
	{ "no such mailbox", REASON_USER, PHRASE_PLAIN },
	{ "no such account", REASON_USER, PHRASE_PLAIN },
	{ "no such local user", REASON_USER, PHRASE_PLAIN },
	{ "no such person", REASON_USER, PHRASE_PLAIN },
	{ "no such email", REASON_USER, PHRASE_PLAIN },
	{ "no mailbox here", REASON_USER, PHRASE_PLAIN },                 /* qmail */
	{ "no mailbox by that name", REASON_USER, PHRASE_PLAIN },
	{ "no mailbox found", REASON_USER, PHRASE_PLAIN },
	{ "no mailbox currently", REASON_USER, PHRASE_PLAIN },
	{ "no user with this name", REASON_USER, PHRASE_PLAIN },
	{ "no account by that name", REASON_USER, PHRASE_PLAIN },
	{ "no account with this address", REASON_USER, PHRASE_PLAIN },
	{ "no valid recipients", REASON_USER, PHRASE_PLAIN },             /* verizon */
	{ "not a valid user", REASON_USER, PHRASE_PLAIN },
	{ "not a valid mailbox", REASON_USER, PHRASE_PLAIN },
	{ "not a valid recipient", REASON_USER, PHRASE_PLAIN },
	{ "not a valid address", REASON_USER, PHRASE_PLAIN },
	{ "not a known user", REASON_USER, PHRASE_PLAIN },
	{ "not our customer", REASON_USER, PHRASE_PLAIN },
	{ "isn't a valid", REASON_USER, PHRASE_WEAK },
	{ "not listed in * directory", REASON_USER, PHRASE_PLAIN },       /* domino */
	{ "not listed in", REASON_USER, PHRASE_WEAK },
	{ "not unique in", REASON_USER, PHRASE_WEAK },
	{ "user not found", REASON_USER, PHRASE_PLAIN },
	{ "recipient not found", REASON_USER, PHRASE_PLAIN },
	{ "recipientnotfound", REASON_USER, PHRASE_STRONG },              /* exchange online */
	{ "recipnotfound", REASON_USER, PHRASE_STRONG }, /* exchange: RESOLVER.ADR.RecipNotFound */
	{ "exrecipnotfound", REASON_USER, PHRASE_STRONG },
	{ "address not found", REASON_USER, PHRASE_PLAIN },
	{ "address wasn't found", REASON_USER, PHRASE_PLAIN },
	{ "address couldn't be found", REASON_USER, PHRASE_PLAIN },       /* gmail */
	{ "couldn't be found", REASON_USER, PHRASE_PLAIN },               /* exchange online */
	{ "wasn't found at", REASON_USER, PHRASE_PLAIN },                 /* exchange online */
	{ "mailbox not found", REASON_USER, PHRASE_PLAIN },
	{ "account not found", REASON_USER, PHRASE_PLAIN },
	{ "name not found", REASON_USER, PHRASE_WEAK },
	{ "email address could not be found", REASON_USER, PHRASE_PLAIN },
	{ "recipient name is not recognized", REASON_USER, PHRASE_PLAIN },/* exchange 5.5 */
	{ "user doesn't exist", REASON_USER, PHRASE_PLAIN },              /* dovecot lmtp */
	{ "user does not exist", REASON_USER, PHRASE_PLAIN },
	{ "recipient does not exist", REASON_USER, PHRASE_PLAIN },
	{ "recipient doesn't exist", REASON_USER, PHRASE_PLAIN },
	{ "account does not exist", REASON_USER, PHRASE_PLAIN },          /* gmail, zimbra */
	/* gmail */
	{ "account that you tried to reach does not exist", REASON_USER, PHRASE_STRONG },
	{ "mailbox does not exist", REASON_USER, PHRASE_PLAIN },
	{ "mailbox doesn't exist", REASON_USER, PHRASE_PLAIN },
	{ "address does not exist", REASON_USER, PHRASE_PLAIN },
	{ "address doesn't exist", REASON_USER, PHRASE_PLAIN },
	{ "recipient address does not exist", REASON_USER, PHRASE_STRONG },
	{ "@ does not exist", REASON_USER, PHRASE_PLAIN },
	{ "@ doesn't exist", REASON_USER, PHRASE_PLAIN },
	{ "@ is not a", REASON_USER, PHRASE_WEAK },
	{ "rcpt ( @ does not exist", REASON_USER, PHRASE_PLAIN },
	{ "does not exist here", REASON_USER, PHRASE_PLAIN },
	{ "doesn't have a * account", REASON_USER, PHRASE_PLAIN },        /* yahoo */
	{ "does not have a * account", REASON_USER, PHRASE_PLAIN },
	{ "not have an account", REASON_USER, PHRASE_PLAIN },
	{ "no longer exists", REASON_USER, PHRASE_PLAIN },
	{ "no longer on server", REASON_USER, PHRASE_PLAIN },
	{ "no longer valid", REASON_USER, PHRASE_PLAIN },
	{ "no longer in use", REASON_USER, PHRASE_PLAIN },
	{ "invalid recipient", REASON_USER, PHRASE_PLAIN },
	{ "recipient is invalid", REASON_USER, PHRASE_PLAIN },
	{ "invalid address", REASON_USER, PHRASE_PLAIN },
	{ "invalid mailbox", REASON_USER, PHRASE_PLAIN },                 /* mail.ru */
	{ "invalid user", REASON_USER, PHRASE_PLAIN },
	{ "invalid final delivery userid", REASON_USER, PHRASE_PLAIN },   /* imail */
	{ "invalid email address", REASON_USER, PHRASE_PLAIN },
	{ "invalid local part", REASON_USER, PHRASE_PLAIN },
	/* rfc 3463 text of 5.1.1 */
	{ "bad destination mailbox address", REASON_USER, PHRASE_PLAIN },
	{ "bad destination email address", REASON_USER, PHRASE_PLAIN },
	{ "bad recipient", REASON_USER, PHRASE_PLAIN },
	{ "bad address", REASON_USER, PHRASE_WEAK },
	{ "addressee unknown", REASON_USER, PHRASE_PLAIN },
	{ "unknown addressee", REASON_USER, PHRASE_PLAIN },
	{ "destination addresses were unknown", REASON_USER, PHRASE_PLAIN },
	{ "recipient rejected", REASON_USER, PHRASE_WEAK },
	{ "recipient * rejected", REASON_USER, PHRASE_WEAK - 4 },
	/* exchange online, directory based edge blocking */
	{ "recipient address rejected: access denied", REASON_USER, PHRASE_STRONG },
	{ "address rejected: access denied", REASON_USER, PHRASE_STRONG },
	{ "undeliverable address", REASON_USER, PHRASE_PLAIN },           /* postfix verify */
	{ "unverified address", REASON_USER, PHRASE_WEAK },
	{ "recipient verify failed", REASON_USER, PHRASE_PLAIN },
	{ "verify address failed", REASON_USER, PHRASE_WEAK },
	{ "mailbox unavailable", REASON_USER, PHRASE_WEAK + 2 }, /* exchange, hotmail 5.5.0 */
	{ "mailbox * unavailable", REASON_USER, PHRASE_WEAK + 1 },        /* netease, mail.ru */
	{ "mailbox not available", REASON_USER, PHRASE_WEAK },
	/* qmail: before the real reason */
	{ "does not like recipient", REASON_USER, PHRASE_WEAK - 5 },
	{ "possibly incorrect", REASON_USER, PHRASE_PLAIN },              /* mimecast */
	{ "check if address is correct", REASON_USER, PHRASE_PLAIN },     /* interscan */
	{ "check the recipient * address", REASON_USER, PHRASE_WEAK },
	/* orange: adresse d'au moins un destinataire */
	{ "adress d", REASON_USER, PHRASE_WEAK - 2 },
	{ "destinataire invalide", REASON_USER, PHRASE_PLAIN },
	{ "destinataire inconnu", REASON_USER, PHRASE_PLAIN },
	{ "adresse inconnue", REASON_USER, PHRASE_PLAIN },
	{ "adresse invalide", REASON_USER, PHRASE_PLAIN },
	{ "utilisateur inconnu", REASON_USER, PHRASE_PLAIN },
	{ "au moins un destinataire invalide", REASON_USER, PHRASE_STRONG }, /* orange */
	{ "onbekende gebruiker", REASON_USER, PHRASE_PLAIN },
	{ "gebruiker onbekend", REASON_USER, PHRASE_PLAIN },
	{ "onbekende ontvanger", REASON_USER, PHRASE_PLAIN },
	{ "adres niet gevonden", REASON_USER, PHRASE_PLAIN },             /* gmail, dutch */
	{ "adres is niet gevonden", REASON_USER, PHRASE_PLAIN },
	{ "niet gevonden", REASON_USER, PHRASE_WEAK },
	{ "adres bestaat niet", REASON_USER, PHRASE_PLAIN },
	{ "account bestaat niet", REASON_USER, PHRASE_PLAIN },            /* exchange, dutch */
	{ "bestaat niet", REASON_USER, PHRASE_WEAK },
	{ "postvak bestaat niet", REASON_USER, PHRASE_PLAIN },
	{ "unbekannter empf", REASON_USER, PHRASE_PLAIN },
	{ "empfänger unbekannt", REASON_USER, PHRASE_PLAIN },
	{ "unbekannter benutzer", REASON_USER, PHRASE_PLAIN },
	{ "benutzer unbekannt", REASON_USER, PHRASE_PLAIN },
	{ "adresse existiert nicht", REASON_USER, PHRASE_PLAIN },
	{ "nicht gefunden", REASON_USER, PHRASE_WEAK },
	{ "usuario desconocido", REASON_USER, PHRASE_PLAIN },
	{ "destinatario no encontrado", REASON_USER, PHRASE_PLAIN },
	{ "utente sconosciuto", REASON_USER, PHRASE_PLAIN },
	{ "addressee has moved", REASON_USER, PHRASE_PLAIN },
	{ "has moved to", REASON_USER, PHRASE_PLAIN },
	{ "user not local", REASON_USER, PHRASE_WEAK },
	{ "mailbox has moved", REASON_USER, PHRASE_PLAIN },
	{ "no longer with", REASON_USER, PHRASE_PLAIN },
	{ "left the company", REASON_USER, PHRASE_PLAIN },
	{ "recipient unavailable", REASON_USER, PHRASE_WEAK },
	{ "ambiguous", REASON_USER, PHRASE_WEAK },
	{ "mailbox unavailable or access denied", REASON_USER, PHRASE_STRONG }, /* qq */
	{ "dosn't exist", REASON_USER, PHRASE_PLAIN },                    /* hichina */
	{ "dose not exist", REASON_USER, PHRASE_PLAIN },
	{ "not configured to receive", REASON_USER, PHRASE_PLAIN + 2 },   /* proton */
	{ "not our user", REASON_USER, PHRASE_PLAIN },
	{ "is not a mailbox", REASON_USER, PHRASE_PLAIN },
	{ "dsn code 5.1.1", REASON_USER, PHRASE_PLAIN },
	{ "no account found", REASON_USER, PHRASE_PLAIN },
	{ "not exist", REASON_USER, PHRASE_WEAK },
	{ "unknown", REASON_USER, PHRASE_WEAK - 6 },
	{ "no mail box available", REASON_USER, PHRASE_PLAIN },
	{ "no one at this address", REASON_USER, PHRASE_PLAIN },
	{ "no one with that", REASON_USER, PHRASE_PLAIN },
	{ "no such mail drop", REASON_USER, PHRASE_PLAIN },               /* groupwise */
	{ "not a local address", REASON_USER, PHRASE_PLAIN },
	{ "is not local", REASON_USER, PHRASE_WEAK },
	{ "not a valid email", REASON_USER, PHRASE_PLAIN },
	{ "no longer accepts mail", REASON_USER, PHRASE_PLAIN },
	{ "no longer accepts messages", REASON_USER, PHRASE_PLAIN },
	{ "unknown or illegal user", REASON_USER, PHRASE_PLAIN },
	{ "illegal user", REASON_USER, PHRASE_PLAIN },
	{ "illegal alias", REASON_USER, PHRASE_PLAIN },
	{ "invalid or unknown virtual user", REASON_USER, PHRASE_PLAIN }, /* vdeliver */
	{ "validrcptto", REASON_USER, PHRASE_PLAIN },                     /* qmail */
	{ "account not available", REASON_USER, PHRASE_WEAK + 2 },
	{ "badrcptto", REASON_USER, PHRASE_PLAIN },                       /* qmail */
	{ "bad_recipient", REASON_USER, PHRASE_PLAIN },
	{ "invalid-recipient", REASON_USER, PHRASE_PLAIN },
	{ "invalid account", REASON_USER, PHRASE_PLAIN },
	{ "account invalid", REASON_USER, PHRASE_PLAIN },
	{ "user invalid", REASON_USER, PHRASE_PLAIN },
	{ "address invalid", REASON_USER, PHRASE_PLAIN },
	{ "invalid mailbox path", REASON_USER, PHRASE_PLAIN },
	{ "mailbox invalid", REASON_USER, PHRASE_PLAIN },
	{ "non-existent user", REASON_USER, PHRASE_PLAIN },
	{ "nonexistent user", REASON_USER, PHRASE_PLAIN },
	{ "non existent user", REASON_USER, PHRASE_PLAIN },
	{ "non-existent mailbox", REASON_USER, PHRASE_PLAIN },
	{ "user not known", REASON_USER, PHRASE_PLAIN },
	{ "user is unknown", REASON_USER, PHRASE_PLAIN },
	{ "userunknown", REASON_USER, PHRASE_PLAIN },
	{ "not known to this system", REASON_USER, PHRASE_PLAIN },
	{ "unknown in local recipient table", REASON_USER, PHRASE_PLAIN }, /* postfix */
	{ "unknown in virtual", REASON_USER, PHRASE_PLAIN },              /* postfix */
	{ "unknown in relay recipient table", REASON_USER, PHRASE_PLAIN }, /* postfix */
	{ "not in my list of local", REASON_USER, PHRASE_PLAIN },
	{ "email name is not found", REASON_USER, PHRASE_PLAIN },
	{ "name is not found", REASON_USER, PHRASE_PLAIN },
	{ "can't accept user", REASON_USER, PHRASE_PLAIN },
	{ "no matches to nameserver query", REASON_USER, PHRASE_WEAK },
	{ "addresses were unknown", REASON_USER, PHRASE_PLAIN },          /* exchange */
	{ "server rejected recipients", REASON_USER, PHRASE_PLAIN },
	{ "recipients are invalid", REASON_USER, PHRASE_PLAIN },
	{ "user account unavailable", REASON_USER, PHRASE_PLAIN },
	{ "account is unavailable", REASON_USER, PHRASE_PLAIN },
	{ "account unavailable", REASON_USER, PHRASE_PLAIN },
	{ "account has been deleted", REASON_USER, PHRASE_PLAIN },
	{ "account was deleted", REASON_USER, PHRASE_PLAIN },
	{ "mailbox has been deleted", REASON_USER, PHRASE_PLAIN },
	{ "missing home directory", REASON_USER, PHRASE_PLAIN },
	{ "address is unknown", REASON_USER, PHRASE_PLAIN },
	{ "address not known", REASON_USER, PHRASE_PLAIN },
	{ "addressee not known", REASON_USER, PHRASE_PLAIN },
	{ "recipient not exist", REASON_USER, PHRASE_PLAIN },
	{ "user not exist", REASON_USER, PHRASE_PLAIN },
	{ "users does not exist", REASON_USER, PHRASE_PLAIN },
	{ "not exists", REASON_USER, PHRASE_PLAIN },
	{ "does not exist at", REASON_USER, PHRASE_PLAIN },
	{ "doesn't exist in", REASON_USER, PHRASE_PLAIN },
	{ "does not exist in", REASON_USER, PHRASE_PLAIN },
	{ "does not exist on", REASON_USER, PHRASE_PLAIN },
	{ "doesnotexist", REASON_USER, PHRASE_PLAIN },
	{ "was not found in ldap", REASON_USER, PHRASE_PLAIN },
	{ "not found in directory", REASON_USER, PHRASE_PLAIN },
	{ "no record of", REASON_USER, PHRASE_WEAK },
	{ "this user doesn't have", REASON_USER, PHRASE_PLAIN },          /* yahoo */
	{ "doesn't have a mailbox", REASON_USER, PHRASE_PLAIN },
	{ "has no mailbox", REASON_USER, PHRASE_PLAIN },
	{ "does not have a mailbox", REASON_USER, PHRASE_PLAIN },
	{ "unable to find alias", REASON_USER, PHRASE_PLAIN },
	{ "could not find the user", REASON_USER, PHRASE_PLAIN },
	{ "cannot find the user", REASON_USER, PHRASE_PLAIN },
	{ "can't find the user", REASON_USER, PHRASE_PLAIN },
	{ "could not find user", REASON_USER, PHRASE_PLAIN },
	{ "unable to validate recipient", REASON_USER, PHRASE_PLAIN },
	{ "unable to verify recipient", REASON_USER, PHRASE_WEAK },
	{ "recipient cannot be verified", REASON_USER, PHRASE_PLAIN },
	{ "recipient verification failed", REASON_USER, PHRASE_PLAIN },
	{ "callout verification failed", REASON_USER, PHRASE_WEAK },
	{ "destinatario sconosciuto", REASON_USER, PHRASE_PLAIN },        /* italian */
	{ "indirizzo inesistente", REASON_USER, PHRASE_PLAIN },           /* italian */
	{ "utente non trovato", REASON_USER, PHRASE_PLAIN },              /* italian */
	{ "usuario no existe", REASON_USER, PHRASE_PLAIN },               /* spanish */
	{ "no existe", REASON_USER, PHRASE_WEAK },                        /* spanish */
	{ "casilla * no existe", REASON_USER, PHRASE_PLAIN },             /* spanish */
	{ "destinatario desconocido", REASON_USER, PHRASE_PLAIN },        /* spanish, portuguese */
	{ "usuário desconhecido", REASON_USER, PHRASE_PLAIN },            /* portuguese */
	{ "nie istnieje", REASON_USER, PHRASE_PLAIN },                    /* polish */
	{ "uzivatel neexistuje", REASON_USER, PHRASE_PLAIN },             /* czech */
	{ "neexistuje", REASON_USER, PHRASE_WEAK },                       /* czech */
	{ "käyttäjää ei", REASON_USER, PHRASE_PLAIN },                    /* finnish */
	{ "adressat unbekannt", REASON_USER, PHRASE_PLAIN },              /* german */
	{ "kein solcher benutzer", REASON_USER, PHRASE_PLAIN },           /* german */
	{ "postfach existiert nicht", REASON_USER, PHRASE_PLAIN },        /* german */
	{ "nicht vorhanden", REASON_USER, PHRASE_WEAK },                  /* german */
	{ "adresse nicht gefunden", REASON_USER, PHRASE_PLAIN },          /* german */
	{ "konnte nicht gefunden werden", REASON_USER, PHRASE_PLAIN }, /* exchange online, german */
	{ "adresse introuvable", REASON_USER, PHRASE_PLAIN }, /* exchange online, french */
	{ "introuvable", REASON_USER, PHRASE_WEAK },                      /* french */
	{ "n'a pas été trouvé", REASON_USER, PHRASE_PLAIN },              /* french */
	{ "n'existe pas", REASON_USER, PHRASE_WEAK },                     /* french */
	{ "bal inexistante", REASON_USER, PHRASE_PLAIN },                 /* french */
	{ "boîte aux lettres n'existe pas", REASON_USER, PHRASE_PLAIN },  /* french */
	{ "compte inexistant", REASON_USER, PHRASE_PLAIN },               /* french */
	{ "kan niet worden gevonden", REASON_USER, PHRASE_PLAIN }, /* exchange online, dutch */
	{ "is niet gevonden", REASON_USER, PHRASE_PLAIN }, /* exchange online, dutch */
	{ "kon niet worden gevonden", REASON_USER, PHRASE_PLAIN },        /* dutch */
	{ "niet bekend bij", REASON_USER, PHRASE_PLAIN },                 /* dutch */
	{ "niet vermeld in", REASON_USER, PHRASE_PLAIN },                 /* domino, dutch */
	{ "niet in de domino", REASON_USER, PHRASE_PLAIN },               /* domino, dutch */
	{ "not a known recipient", REASON_USER, PHRASE_PLAIN },
	{ "recipient is not in my list", REASON_USER, PHRASE_PLAIN },     /* magic-smtpd */
	{ "live here any", REASON_USER, PHRASE_PLAIN },                   /* qmail's .qmail files */
	{ "nobody with that name", REASON_USER, PHRASE_PLAIN },
	{ "nobody here by that name", REASON_USER, PHRASE_PLAIN },
	{ "account or domain may not exist", REASON_USER, PHRASE_PLAIN }, /* exim callout */
	{ "ontvanger onbekend", REASON_USER, PHRASE_PLAIN },              /* dutch */
	{ "mailbox bestaat niet", REASON_USER, PHRASE_PLAIN },            /* dutch */
	{ "gebruiker bestaat niet", REASON_USER, PHRASE_PLAIN },          /* dutch */
	{ "ontvanger bestaat niet", REASON_USER, PHRASE_PLAIN },          /* dutch */
	{ "onbekend e-mailadres", REASON_USER, PHRASE_PLAIN },            /* dutch */
	{ "onbekend adres", REASON_USER, PHRASE_PLAIN },                  /* dutch */
	{ "geen geldig e-mailadres", REASON_USER, PHRASE_PLAIN },         /* dutch */
	{ "ongeldig adres", REASON_USER, PHRASE_PLAIN },                  /* dutch */
	{ "ongeldige ontvanger", REASON_USER, PHRASE_PLAIN },             /* dutch */
	{ "ongeldig e-mailadres", REASON_USER, PHRASE_PLAIN },            /* dutch */
	{ "ユーザが見つかりません", REASON_USER, PHRASE_PLAIN },                     /* japanese */
	{ "存在しない", REASON_USER, PHRASE_WEAK },                            /* japanese */
	{ "пользователь не найден", REASON_USER, PHRASE_PLAIN },          /* russian */
	{ "не существует", REASON_USER, PHRASE_PLAIN },                   /* russian */
	{ "用户不存在", REASON_USER, PHRASE_PLAIN },                           /* chinese */
	{ "收件人不存在", REASON_USER, PHRASE_PLAIN },                          /* chinese */
	{ "address does not receive mail", REASON_USER, PHRASE_PLAIN },
	{ "is not accepting mail", REASON_USER, PHRASE_WEAK },
	{ "no longer an employee", REASON_USER, PHRASE_PLAIN },
	{ "no longer available", REASON_USER, PHRASE_WEAK },
	{ "address is no longer", REASON_USER, PHRASE_PLAIN },
	{ "addresses failed", REASON_USER, 1 }, /* exim, before the reason */
	{ "5.1.1 rejected", REASON_USER, PHRASE_PLAIN },
	{ "user account does not", REASON_USER, PHRASE_PLAIN },

	/* ---- domain */
	{ "host unknown", REASON_DOMAIN, PHRASE_STRONG },                 /* sendmail */
	{ "unknown host", REASON_DOMAIN, PHRASE_PLAIN },
	{ "host not found", REASON_DOMAIN, PHRASE_PLAIN },
	{ "host or domain name not found", REASON_DOMAIN, PHRASE_STRONG },/* postfix */
	{ "domain name not found", REASON_DOMAIN, PHRASE_PLAIN },
	{ "name or service not known", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domain not found", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domain couldn't be found", REASON_DOMAIN, PHRASE_STRONG },     /* gmail */
	{ "domain does not exist", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domain doesn't exist", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domain * does not exist", REASON_DOMAIN, PHRASE_WEAK + 2 },
	{ "no such domain", REASON_DOMAIN, PHRASE_PLAIN },
	{ "unknown domain", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domain unknown", REASON_DOMAIN, PHRASE_PLAIN },
	{ "unrouteable mail domain", REASON_DOMAIN, PHRASE_STRONG },      /* exim */
	{ "unroutable mail domain", REASON_DOMAIN, PHRASE_STRONG },
	{ "illegal host", REASON_DOMAIN, PHRASE_PLAIN },
	{ "nxdomain", REASON_DOMAIN, PHRASE_STRONG },
	{ "host * not found", REASON_DOMAIN, PHRASE_PLAIN },              /* dragonfly */
	{ "couldn't find any host named", REASON_DOMAIN, PHRASE_STRONG }, /* qmail */
	{ "couldn't find any host", REASON_DOMAIN, PHRASE_STRONG },
	{ "couldn't find a mail exchanger", REASON_DOMAIN, PHRASE_STRONG },/* qmail */
	{ "bad destination system address", REASON_DOMAIN, PHRASE_STRONG },/* rfc 3463, 5.1.2 */
	{ "bad destination host", REASON_DOMAIN, PHRASE_PLAIN },
	/* older postfix on a null MX */
	{ "malformed or unexpected name server reply", REASON_DOMAIN, PHRASE_PLAIN },
	{ "null mx", REASON_DOMAIN, PHRASE_STRONG },                      /* rfc 7505 */
	{ "nullmx", REASON_DOMAIN, PHRASE_STRONG },
	{ "does not accept mail", REASON_DOMAIN, PHRASE_PLAIN },          /* rfc 7505 text */
	{ "doesn't accept mail", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domain has no mail exchangers", REASON_DOMAIN, PHRASE_STRONG },
	{ "no mail exchanger", REASON_DOMAIN, PHRASE_PLAIN },
	{ "no mx record", REASON_DOMAIN, PHRASE_PLAIN },
	{ "no mail hosts for domain", REASON_DOMAIN, PHRASE_PLAIN },      /* mail.ru */
	{ "has no mx", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domain is invalid", REASON_DOMAIN, PHRASE_PLAIN },
	/* exchange online 5.4.310 */
	{ "dns domain * does not exist", REASON_DOMAIN, PHRASE_STRONG },
	{ "domeinnaam bestaat niet", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domein bestaat niet", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domein niet gevonden", REASON_DOMAIN, PHRASE_PLAIN },
	{ "non-existent domain", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domain * is not hosted here", REASON_DOMAIN, PHRASE_PLAIN },
	{ "point to non-existent hosts", REASON_DOMAIN, PHRASE_PLAIN },   /* exim */
	{ "nonexistent domain", REASON_DOMAIN, PHRASE_PLAIN },
	{ "can't find a mail server", REASON_DOMAIN, PHRASE_PLAIN },
	{ "no data record of requested type", REASON_DOMAIN, PHRASE_STRONG }, /* postfix */
	{ "type=mx: host not found", REASON_DOMAIN, PHRASE_STRONG },      /* postfix */
	{ "couldn't find any host by that name", REASON_DOMAIN, PHRASE_STRONG }, /* qmail */
	{ "host name is unknown", REASON_DOMAIN, PHRASE_PLAIN },
	{ "hostname is unknown", REASON_DOMAIN, PHRASE_PLAIN },
	{ "no such host", REASON_DOMAIN, PHRASE_PLAIN },
	{ "no mx host", REASON_DOMAIN, PHRASE_PLAIN },
	{ "could not resolve host", REASON_DOMAIN, PHRASE_PLAIN },
	{ "unable to resolve", REASON_DOMAIN, PHRASE_WEAK },
	{ "domain is not known", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domain is dead", REASON_DOMAIN, PHRASE_PLAIN },
	{ "dead domain", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domain name was not found", REASON_DOMAIN, PHRASE_STRONG },    /* groupwise */
	{ "domain has expired", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domain expired", REASON_DOMAIN, PHRASE_PLAIN },
	{ "destination domain not found", REASON_DOMAIN, PHRASE_STRONG }, /* zimbra, java mail */
	{ "unknown mail domain", REASON_DOMAIN, PHRASE_PLAIN },
	{ "no route found to domain", REASON_DOMAIN, PHRASE_PLAIN },
	{ "server doesn't handle mail for", REASON_DOMAIN, PHRASE_WEAK },
	{ "host/domain does not exist", REASON_DOMAIN, PHRASE_PLAIN },
	{ "invalid domain", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domain invalid", REASON_DOMAIN, PHRASE_PLAIN },
	{ "name not resolved", REASON_DOMAIN, PHRASE_PLAIN },
	{ "permanent dns error", REASON_DOMAIN, PHRASE_PLAIN },
	{ "no dns entries", REASON_DOMAIN, PHRASE_PLAIN },
	{ "this domain never accepts mail", REASON_DOMAIN, PHRASE_STRONG },
	{ "does not accept any mail", REASON_DOMAIN, PHRASE_STRONG },
	{ "domeinnaam niet gevonden", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domein is niet gevonden", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domain nicht gefunden", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domaine introuvable", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domain kon niet worden gevonden", REASON_DOMAIN, PHRASE_PLAIN },
	{ "no existe el dominio", REASON_DOMAIN, PHRASE_PLAIN },

	/* ---- full */
	{ "mailbox full", REASON_FULL, PHRASE_STRONG },
	{ "mailbox is full", REASON_FULL, PHRASE_STRONG },
	{ "mailbox * is full", REASON_FULL, PHRASE_STRONG },
	{ "mailfolder is full", REASON_FULL, PHRASE_STRONG },
	{ "inbox is full", REASON_FULL, PHRASE_STRONG },
	{ "inbox * full", REASON_FULL, PHRASE_PLAIN },
	{ "account is full", REASON_FULL, PHRASE_STRONG },
	{ "user is full", REASON_FULL, PHRASE_STRONG },
	{ "folder is full", REASON_FULL, PHRASE_STRONG },
	{ "overquota", REASON_FULL, PHRASE_STRONG },                      /* gmail's help link */
	{ "over quota", REASON_FULL, PHRASE_STRONG },
	{ "over its quota", REASON_FULL, PHRASE_STRONG },
	{ "over the quota", REASON_FULL, PHRASE_STRONG },
	{ "over storage", REASON_FULL, PHRASE_STRONG },
	{ "out of storage", REASON_FULL, PHRASE_STRONG },                 /* gmail */
	{ "quota exceeded", REASON_FULL, PHRASE_PLAIN + 5 },
	{ "quotaexceeded", REASON_FULL, PHRASE_STRONG }, /* exchange store driver */
	{ "quota exceed", REASON_FULL, PHRASE_PLAIN + 5 },
	{ "exceeded * quota", REASON_FULL, PHRASE_PLAIN },
	{ "exceeds * quota", REASON_FULL, PHRASE_PLAIN },
	{ "exceeded storage", REASON_FULL, PHRASE_STRONG },               /* rfc 5321 text of 552 */
	{ "storage quota", REASON_FULL, PHRASE_PLAIN },
	{ "storage limit", REASON_FULL, PHRASE_PLAIN },
	{ "disk quota", REASON_FULL, PHRASE_STRONG },
	{ "mailbox quota", REASON_FULL, PHRASE_PLAIN },
	{ "too much mail", REASON_FULL, PHRASE_PLAIN },
	{ "mailbox size limit", REASON_FULL, PHRASE_PLAIN },
	{ "mailbox exceeded", REASON_FULL, PHRASE_PLAIN },
	{ "mailbox * exceeded the local limit", REASON_FULL, PHRASE_STRONG }, /* biglobe */
	{ "not enough storage", REASON_FULL, PHRASE_PLAIN },
	{ "insufficient quota", REASON_FULL, PHRASE_PLAIN },
	{ "not enough space", REASON_FULL, PHRASE_WEAK },
	{ "no space in mailbox", REASON_FULL, PHRASE_STRONG },
	{ "mailbox storage", REASON_FULL, PHRASE_PLAIN },
	{ "maximum mailbox size", REASON_FULL, PHRASE_STRONG },
	{ "postvak * is vol", REASON_FULL, PHRASE_STRONG },
	{ "postvak vol", REASON_FULL, PHRASE_STRONG },
	{ "mailbox vol", REASON_FULL, PHRASE_STRONG },
	{ "mailbox * vol is", REASON_FULL, PHRASE_STRONG },
	{ "mailbox is vol", REASON_FULL, PHRASE_STRONG },
	{ "quota overschreden", REASON_FULL, PHRASE_STRONG },
	{ "postfach * voll", REASON_FULL, PHRASE_STRONG },
	{ "postfach ist voll", REASON_FULL, PHRASE_STRONG },
	{ "boîte * pleine", REASON_FULL, PHRASE_STRONG },
	{ "boite * pleine", REASON_FULL, PHRASE_STRONG },
	{ "quota dépassé", REASON_FULL, PHRASE_STRONG },
	{ "buzón * lleno", REASON_FULL, PHRASE_STRONG },
	{ "メールボックスが一杯", REASON_FULL, PHRASE_STRONG },
	{ "recipient storage full", REASON_FULL, PHRASE_STRONG },
	{ "storage full", REASON_FULL, PHRASE_STRONG },
	{ "mailbox quota usage exceeded", REASON_FULL, PHRASE_STRONG },
	{ "quota violation", REASON_FULL, PHRASE_STRONG },
	{ "exhausted allowed storage", REASON_FULL, PHRASE_STRONG },
	{ "too many messages on the server", REASON_FULL, PHRASE_STRONG },
	{ "mailbox exceeds", REASON_FULL, PHRASE_STRONG },
	{ "account is over", REASON_FULL, PHRASE_PLAIN },
	{ "over the maximum", REASON_FULL, PHRASE_WEAK },
	{ "user has exceeded", REASON_FULL, PHRASE_PLAIN },
	{ "user has too many messages", REASON_FULL, PHRASE_STRONG },
	{ "mailbox over", REASON_FULL, PHRASE_PLAIN },
	{ "quota has been exceeded", REASON_FULL, PHRASE_STRONG },
	{ "quota is full", REASON_FULL, PHRASE_STRONG },
	{ "exceeded its", REASON_FULL, PHRASE_PLAIN },
	{ "exceeded the storage", REASON_FULL, PHRASE_STRONG },
	{ "exceeds storage", REASON_FULL, PHRASE_STRONG },
	{ "not enough disk space", REASON_FULL, PHRASE_WEAK },
	{ "no room in mailbox", REASON_FULL, PHRASE_STRONG },
	{ "mailbox size exceeded", REASON_FULL, PHRASE_STRONG },
	{ "mailbox limit", REASON_FULL, PHRASE_PLAIN },
	{ "over its limit", REASON_FULL, PHRASE_PLAIN },
	{ "over limit", REASON_FULL, PHRASE_WEAK },
	{ "used up its", REASON_FULL, PHRASE_PLAIN },
	{ "errmailboxoverquota", REASON_FULL, PHRASE_STRONG },
	{ "mail box full", REASON_FULL, PHRASE_STRONG },
	{ "mailbox are full", REASON_FULL, PHRASE_STRONG },
	{ "box is full", REASON_FULL, PHRASE_STRONG },
	{ "zuviele mails", REASON_FULL, PHRASE_STRONG },                  /* german */
	{ "speicherplatz", REASON_FULL, PHRASE_PLAIN },                   /* german */
	{ "postfach * überschritten", REASON_FULL, PHRASE_STRONG },       /* german */
	{ "casella * piena", REASON_FULL, PHRASE_STRONG },                /* italian */
	{ "casilla * llena", REASON_FULL, PHRASE_STRONG },                /* spanish */
	{ "caixa postal * cheia", REASON_FULL, PHRASE_STRONG },           /* portuguese */
	{ "boîte aux lettres * pleine", REASON_FULL, PHRASE_STRONG },     /* french */
	{ "quota de * dépassé", REASON_FULL, PHRASE_STRONG },             /* french */
	{ "opslaglimiet", REASON_FULL, PHRASE_STRONG },                   /* dutch */
	{ "opslagruimte", REASON_FULL, PHRASE_PLAIN },                    /* dutch */
	{ "brievenbus * vol", REASON_FULL, PHRASE_STRONG },               /* dutch */
	{ "postbus * vol", REASON_FULL, PHRASE_STRONG },                  /* dutch */
	{ "mailbox van de ontvanger vol", REASON_FULL, PHRASE_STRONG },   /* dutch */
	{ "ящик переполнен", REASON_FULL, PHRASE_STRONG },                /* russian */
	{ "容量", REASON_FULL, PHRASE_PLAIN },                              /* japanese, chinese */

	/* ---- disabled */
	{ "mailbox is disabled", REASON_DISABLED, PHRASE_PLAIN + 2 },     /* yahoo */
	{ "mailbox disabled", REASON_DISABLED, PHRASE_PLAIN + 2 },
	{ "account is disabled", REASON_DISABLED, PHRASE_PLAIN + 2 },
	{ "account disabled", REASON_DISABLED, PHRASE_PLAIN + 2 },
	/* gmail */
	{ "account that you tried to reach is disabled", REASON_DISABLED, PHRASE_STRONG },
	{ "disabled recipient", REASON_DISABLED, PHRASE_PLAIN + 2 },
	{ "user disabled", REASON_DISABLED, PHRASE_PLAIN + 2 },
	{ "user is disabled", REASON_DISABLED, PHRASE_PLAIN + 2 },
	{ "recipient disabled", REASON_DISABLED, PHRASE_PLAIN + 2 },
	{ "has been disabled", REASON_DISABLED, PHRASE_PLAIN },
	{ "account * disabled", REASON_DISABLED, PHRASE_PLAIN },
	{ "is disabled", REASON_DISABLED, PHRASE_WEAK + 4 },
	{ "account suspended", REASON_DISABLED, PHRASE_PLAIN + 2 },
	{ "has been suspended", REASON_DISABLED, PHRASE_PLAIN },
	{ "temporary locked", REASON_DISABLED, PHRASE_PLAIN },
	{ "temporarily locked", REASON_DISABLED, PHRASE_PLAIN },
	{ "is suspended", REASON_DISABLED, PHRASE_PLAIN },
	{ "recipient suspend", REASON_DISABLED, PHRASE_PLAIN + 2 },
	{ "user suspended", REASON_DISABLED, PHRASE_PLAIN },
	{ "domain suspended", REASON_DISABLED, PHRASE_PLAIN },
	{ "account deactivated", REASON_DISABLED, PHRASE_PLAIN },
	{ "deactivated", REASON_DISABLED, PHRASE_WEAK + 4 },
	{ "account inactive", REASON_DISABLED, PHRASE_PLAIN },
	{ "account is inactive", REASON_DISABLED, PHRASE_PLAIN },
	{ "user is inactive", REASON_DISABLED, PHRASE_PLAIN },
	{ "user is not active", REASON_DISABLED, PHRASE_PLAIN },
	{ "inactive user", REASON_DISABLED, PHRASE_PLAIN },
	{ "inactive mailbox", REASON_DISABLED, PHRASE_PLAIN },
	{ "mailbox is inactive", REASON_DISABLED, PHRASE_PLAIN },
	{ "mailbox currently suspended", REASON_DISABLED, PHRASE_PLAIN },
	{ "account locked", REASON_DISABLED, PHRASE_PLAIN },
	{ "account is locked", REASON_DISABLED, PHRASE_PLAIN },
	{ "mailbox locked", REASON_DISABLED, PHRASE_PLAIN },
	{ "not active", REASON_DISABLED, PHRASE_WEAK },
	{ "account expired", REASON_DISABLED, PHRASE_PLAIN },
	{ "account has expired", REASON_DISABLED, PHRASE_PLAIN },
	{ "account closed", REASON_DISABLED, PHRASE_PLAIN },
	{ "account has been closed", REASON_DISABLED, PHRASE_PLAIN },
	{ "mailbox closed", REASON_DISABLED, PHRASE_PLAIN },
	{ "mailbox temporarily disabled", REASON_DISABLED, PHRASE_PLAIN + 4 },
	{ "account temporarily", REASON_DISABLED, PHRASE_WEAK },
	{ "not currently accepting", REASON_DISABLED, PHRASE_WEAK },
	{ "has not logged in", REASON_DISABLED, PHRASE_PLAIN },
	{ "extended inactivity", REASON_DISABLED, PHRASE_PLAIN + 4 },     /* hotmail, aol */
	{ "account * blocked", REASON_DISABLED, PHRASE_WEAK + 2 },
	{ "postvak is uitgeschakeld", REASON_DISABLED, PHRASE_PLAIN },
	{ "account is uitgeschakeld", REASON_DISABLED, PHRASE_PLAIN },
	{ "postfach ist deaktiviert", REASON_DISABLED, PHRASE_PLAIN },
	{ "disabled or discontinued", REASON_DISABLED, PHRASE_PLAIN + 4 }, /* yahoo */
	{ "administratively disabled", REASON_DISABLED, PHRASE_PLAIN + 4 },
	{ "mailbox currently disabled", REASON_DISABLED, PHRASE_PLAIN + 2 },
	{ "recipient is disabled", REASON_DISABLED, PHRASE_PLAIN + 2 },
	{ "inactive recipient", REASON_DISABLED, PHRASE_PLAIN },
	{ "deactivated mailbox", REASON_DISABLED, PHRASE_PLAIN },
	{ "mailbox unavailable or disabled", REASON_DISABLED, PHRASE_PLAIN },
	{ "not an active address", REASON_DISABLED, PHRASE_PLAIN },
	{ "user inactive", REASON_DISABLED, PHRASE_PLAIN },
	{ "blocked due to inactivity", REASON_DISABLED, PHRASE_PLAIN + 4 },
	{ "disabled due to inactivity", REASON_DISABLED, PHRASE_PLAIN + 4 },
	{ "mailbox locked or suspended", REASON_DISABLED, PHRASE_PLAIN + 2 },
	{ "mailbox suspended", REASON_DISABLED, PHRASE_PLAIN },
	{ "mailbox is suspended", REASON_DISABLED, PHRASE_PLAIN },
	{ "is temporarily disabled", REASON_DISABLED, PHRASE_PLAIN },
	{ "account has been locked", REASON_DISABLED, PHRASE_PLAIN },
	{ "account is closed", REASON_DISABLED, PHRASE_PLAIN },
	{ "account terminated", REASON_DISABLED, PHRASE_PLAIN },
	{ "subscription expired", REASON_DISABLED, PHRASE_PLAIN },
	{ "invalid/inactive user", REASON_DISABLED, PHRASE_PLAIN },
	{ "mailbox frozen", REASON_DISABLED, PHRASE_PLAIN },
	{ "mailbox is frozen", REASON_DISABLED, PHRASE_PLAIN },
	{ "account frozen", REASON_DISABLED, PHRASE_PLAIN },
	{ "domain is disabled", REASON_DISABLED, PHRASE_PLAIN },
	{ "domain has been disabled", REASON_DISABLED, PHRASE_PLAIN },
	{ "delivery to this address is restricted", REASON_DISABLED, PHRASE_WEAK },
	{ "opgeheven", REASON_DISABLED, PHRASE_PLAIN },                   /* dutch */
	{ "gedeactiveerd", REASON_DISABLED, PHRASE_PLAIN },               /* dutch */
	{ "geblokkeerd * account", REASON_DISABLED, PHRASE_PLAIN },       /* dutch */
	{ "gesperrt", REASON_DISABLED, PHRASE_PLAIN },                    /* german */
	{ "deaktiviert", REASON_DISABLED, PHRASE_PLAIN },                 /* german */
	{ "désactivé", REASON_DISABLED, PHRASE_PLAIN },                   /* french */
	{ "desactiv", REASON_DISABLED, PHRASE_PLAIN },                    /* french, spanish */
	{ "disattivata", REASON_DISABLED, PHRASE_PLAIN },                 /* italian */

	/* ---- network */
	{ "no mx or a", REASON_NETWORK, PHRASE_WEAK + 6 },

	/* ---- system */
	{ "can't create user output", REASON_SYSTEM, PHRASE_PLAIN },
	{ "malformed address", REASON_SYSTEM, PHRASE_PLAIN },
	{ NULL, REASON_NONE, 0 },
};
