/*
 * phrases_kind: what tells a report from other mail, and a delay from a failure.
 *
 * Input: none; constant data.
 */
#include "base.h"

#include "phrases.h"

const char *const phrases_returned_message[] = {
	"below this line is a copy",          /* qmail, yahoo */
	"this is a copy of the message",      /* exim */
	"this is a copy of your message",     /* exim */
	"included is a copy of the message",  /* mxlogic */
	"below is a copy of the original",    /* opensmtpd */
	"original message follows",           /* imail, dragonfly */
	"message headers follow",             /* dragonfly */
	"message header follows",             /* smail */
	"original message headers",           /* exchange */
	"original message header",
	"oorspronkelijke berichtkoppen",      /* exchange, dutch */
	"oorspronkelijk bericht",
	/* exchange: the headers of the original, and the message */
	"encabezados", "encabezado original", "mensaje original",                 /* spanish */
	"intestazioni originali", "intestazioni messaggi", "messaggio originale", /* italian */
	"cabeçalhos originais", "cabeçalhos de mensagens", "mensagem original",   /* portuguese */
	"oryginalne nagłówki", "oryginalna wiadomość", "nagłówki oryginalnej",    /* polish */
	"původní záhlaví", "původní hlavičky", "původní zpráva",                  /* czech */
	"eredeti üzenet", "alkuperäisen viestin", "alkuperäinen viesti", /* hungarian, finnish */
	"ursprungliga meddelande", "ursprungligt meddelande",                     /* swedish */
	"oprindelige", "oprindelig meddelelse", "opprinnelige", "opprinnelig melding",
	"Исходные заголовки", "Исходное сообщение", "Заголовки исходного",        /* russian */
	"Вихідні заголовки", "Оригінал повідомлення",                             /* ukrainian */
	"özgün ileti", "orijinal ileti", "anteturi", "mesajul original",  /* turkish, romanian */
	"Αρχικές κεφαλίδες", "Αρχικό μήνυμα",                                     /* greek */
	"元のメッセージ", "元のメール", "以下は送信", "原始邮件头", "原始郵件標頭",
	"원본 메시지", "원본 메일",
	"[<05>]",                             /* xmail: the initial part of the message */
	"ursprüngliche nachrichtenkopf",      /* exchange, german */
	"en-têtes de message d'origine",      /* exchange, french */
	"en-têtes des messages d'origine",
	"original message -----",             /* gmail */
	"original message",                   /* gmail, verizon, m-filter */
	"unsent message",                     /* old sendmail */
	"unsent message below",
	"returned message",                   /* notes */
	"returned mail follows",
	"start of returned message",
	"message follows",
	"returned message follows",
	"the header of the original message", /* gmx, 1&1 */
	"the headers of the original message",
	"received:",                          /* a header without any line in front of it */
	"return-path:",
	"dkim-signature:",
	"x-originating-ip:",
	"mime-version:",
	"content-transfer-encoding:",
	"message-id:",
	"here is the message",
	"the message that was returned",
	"the following is a copy of the message",
	"a copy of the original message",
	"copy of the original message",
	"begin message header",
	"begin returned message",
	"beginning of message",
	"kopie van uw bericht",
	"hieronder volgt een kopie",
	"es folgt die originalnachricht",
	"ursprüngliche nachricht",
	"message d'origine",
	NULL,
};

const char *const phrases_recipient_label[] = {
	"recipient:", "recipient", "failed recipient:", "final-recipient", "original-recipient",
	"email:", "e-mail:", "address:", "ontvanger:", "geadresseerde:", "empfänger:",
	"destinataire:",
	"unknown user:", "undeliverable to", "could not be delivered to:",
	"unable to deliver message to:",
	"unable to deliver message to", "user:", "user", "mailbox:",
	"invalid final delivery userid:",
	"did not reach the following recipient:", "[status: error, address:",
	NULL,
};

const char *const phrases_weak_label[] = { "to:", "aan:", "an:", "à:", "rcpt to:", NULL };

const char *const phrases_bounce_subject[] = {
	"undeliver", "undelivered mail", "returned mail", "return receipt",
	"delivery status notification", "failure notice",
	"delivery fail", "delivery has failed", "mail delivery", "mail system error",
	"delivery notification",
	"delivery report", "non-delivery", "nondeliverable", "non deliverable", "not delivered",
	"could not be delivered",
	"couldn't be delivered", "message status", "mail failure", "failed delivery",
	"failure delivery",
	"delivery problem", "delivery error", "message delivery has failed",
	"error sending your mail", "bounced",
	"rejected", "message blocked", "returned to sender", "returning message", "onbestelbaar",
	"niet-bezorgbaar", "niet bezorgbaar", "niet bezorgd",
	"niet afgeleverd", "onbezorgbaar", "bezorging mislukt", "unzustellbar",
	"nicht zustellbar",
	"nicht zugestellt", "zustellung fehlgeschlagen",
	"unzustellbare", "non remis", "non distribu", "impossible de remettre",
	"échec de la remise", "email delivery failure", "warning: could not send",
	"warning: message", "delayed mail", "delivery delayed", "bezorging vertraagd",
	"vertraagde e-mail", "недоставлен", "не доставлено",
	"no entregado", "no se puede entregar", "non recapitabile", "недоставленное",
	"undelivarable", "mail could not be", "there was an error sending",
	"problem delivering", "message you sent", "blocked by our", "was blocked",
	"has been blocked", "[bounce]", "unable to deliver", "was not delivered",
	"cannot be delivered", "doorgestuurd:", "relayed:",
	NULL,
};

const char *const phrases_bounce_text[] = {
	"could not be delivered",         /* postfix, exim */
	"couldn't be delivered",          /* exchange online, gmail */
	"cannot be delivered",
	"can't be delivered",
	"was not delivered",
	"wasn't delivered",               /* gmail */
	"not been delivered",
	"unable to deliver",              /* yahoo, interscan */
	"wasn't able to deliver",         /* qmail */
	"was unable to deliver",          /* outblaze */
	"undeliverable",                  /* imail, groupwise */
	"undelivered",
	"delivery has failed",            /* exchange */
	"delivery * failed",              /* gmail, imail, mailfoundry */
	"failed permanently",
	"did not reach the following",    /* exchange 5.5 */
	"permanent fatal errors",         /* sendmail */
	"had delivery problems",          /* biglobe */
	"had delivery errors",
	"permanent error",
	"error delivering",               /* dragonfly */
	"error * attempting to deliver",  /* opensmtpd */
	"error * trying to deliver",      /* amazon workmail */
	"trouble delivering",
	"rejected your message",          /* exchange online */
	"message was rejected",
	"rejected by * mail server",      /* ezweb */
	"delivery status notification",
	"returned to sender",
	"returned to you",
	"transcript of session",          /* sendmail */
	"failure reasons",                /* notes */
	"error code",
	"invalid final delivery userid",  /* imail */
	"unknown user:",                  /* imail */
	"user unknown",
	"unknown user",
	"no such user",
	"not a valid user",
	"mailbox is full",
	"message blocked", "was blocked because", "has been blocked",
	"incorrectly constructed",        /* exim, malformed address */
	"not a member of this mailing list",
	"do not have permission",
	"niet worden bezorgd", "niet worden afgeleverd", "niet afgeleverd", "niet bezorgd",
	"kon niet worden",
	"is mislukt", "niet bereikt", "onbestelbaar",
	"nicht zugestellt", "konnte nicht", "unzustellbar", "fehlgeschlagen",
	"n'a pas pu être", "n'a pas été remis", "échec", "non remis",
	"не может быть доставлено",       /* mail.ru */
	"送信できませんでした",           /* kddi, m-filter */
	"送信に失敗",
	"失敗しました",
	"не удалось", "no se ha podido entregar", "退信", "无法送达", "不能送达",
	"non-delivery notification",      /* x.400 */
	"report relates to a message you sent",
	"smtp error", "does not like recipient", "did not like our",
	"delivery report unavailable",
	NULL,
};

const char *const phrases_notice_subject[] = {
	" digest", "quarantine", "quarantaine", "quarantäne", "cuarentena", "quarantena",
	"kwarantann", "karantän", "карантин", "隔离", "隔離", "検疫", "spam report", "spam summary",
	" [#", "[ticket", "ticket #", "ticket id", "ticketnummer", /* of a helpdesk */
	"spam notification", "spamrapport", "log summar", "logwatch", "newsletter", "nieuwsbrief",
	NULL,
};

const char *const phrases_keeper_subject[] = {
	"smtp server: errors from", "smtp client: errors", /* postfix, notify_classes */
	NULL,
};

const char *const phrases_leave_list[] = {
	"unsubscribe", "view this email in", "view it on", "uitschrijven", "afmelden voor",
	"se désabonner", "désinscri", "newsletter abbestellen", "darse de baja", "disiscri", NULL,
};

/* What people write and mail systems do not. */
const char *const phrases_person[] = {
	" ik ", " mijn ", " wij ", " jullie ", "hallo", " hoi ", "groet", "bedankt", " dank ",
	" my mail", " my message", "i got ", "i get ", "we get ", "i keep ", "can you ",
	" thanks", "regards", " ich ", NULL,
};

const char *const phrases_delay_text[] = {
	"warning message only", "this is a warning only", "warning only",
	"not yet been delivered",
	"not yet delivered",
	"has been delayed", "is delayed", "been delayed", "delivery is delayed",
	"will be retried",
	"will retry", "still being retried",
	"will keep trying", "will continue trying", "continue to try", "delivery incomplete",
	"temporary problem delivering",
	"wordt opnieuw geprobeerd", "nog niet bezorgd", "nog niet afgeleverd", "is vertraagd",
	"er worden pogingen gedaan",
	"alleen een waarschuwing", "nogmaals geprobeerd", "wird weiterhin versucht", "verzögert",
	"noch nicht zugestellt",
	"retardé", "pas encore été", "delay notification", "message delayed",
	"no action is required on your part",
	"you do not need to resend", "will try to deliver", "attempts will continue",
	"temporary failure report",
	NULL,
};

const char *const phrases_final_text[] = {
	"failed permanently", "giving up", "given up", "no longer trying",
	"not going to try again",
	"permanent error",
	"permanent failure", "will not be retried", "no further", "too long",
	"cannot send message for",
	"delivery has failed", "definitieve fout", "niet meer geprobeerd",
	"nicht weiter versucht", "nicht mehr versucht", "aufgegeben",      /* german */
	"définitivement", "échec définitif", "ne sera plus",               /* french */
	"no se volverá a intentar", "de forma permanente",                 /* spanish */
	/* italian, portuguese */
	"non verranno effettuati", "não tentará novamente", "definitiva",
	"nie będzie ponawia", "больше не будет", "не будут предприниматься", /* polish, russian */
	NULL,
};

const char *const phrases_delay_decides[] = {
	"warning message only", "warning only", "message will be retried", "it will be retried",
	"alleen een waarschuwing",
	NULL,
};

const char *const phrases_system_sender[] = {
	"mailer-daemon", "mailer daemon", "mail delivery", "postmaster", "mail administrator",
	"system administrator", "mail system", "maildelivery", "mail-daemon",
	"delivery subsystem",
	"delivery service", "mail gateway", "microsoft outlook", "ndr administrator",
	"mail router",
	"interscan", "imss@", "inetgw", "mailsweeper", "mailmarshal", "mailguard", "mailserver",
	"mail server", "mailscanner", "antivirus", "viruswall", "virus scanner", "amavis", "mmsc",
	"bounce-notification", "no-reply@sns.", "systemadmin", "microsoft exchange",
	"microsoftexchange", "symantec", "internet mail", NULL,
};

const char *const phrases_list_sender[] = {
	"-admin@", "-owner@", "owner-", "-request@", "-bounces@", "-help@", "listserv",
	"majordomo",
	"mailman", "sympa",
	"ezmlm", "listmaster", NULL,
};

const char *const phrases_list_refusal[] = {
	"not a member of th", "not member of", "you are not a member", "are not subscribed to",
	"only members", "subscribers only",
	"not allowed to post", "not authorized to post", "not authorized to send mail",
	"has been automatically rejected",
	"non-member", "has been rejected", "geen lid van", "is geweigerd", "alleen leden", NULL,
};

const char *const phrases_machine_sender[] = {
	"no-reply", "noreply", "no_reply", "donotreply", "do-not-reply", "notification", NULL,
};

const char *const phrases_bounce_plain[] = {
	"could not be delivered to", "was not delivered to", "not been delivered",
	"undeliverable",
	"unable to deliver", "niet worden bezorgd", "niet worden afgeleverd", "niet bezorgd bij",
	"nicht zugestellt werden", "送信できませんでした", "送信できません", NULL,
};
