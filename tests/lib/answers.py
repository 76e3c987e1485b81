"""What the outside world writes back to a warning: bounces, notes of robots, answers of people.  Standard library only.

Each function takes the warning as it arrived (a Warning) and returns the bytes of the answer, with LF line ends and
without trace headers: whoever delivers it adds Return-Path and Delivered-To.
"""
import email
import email.policy
import email.utils
from email.message import EmailMessage

# RFC 3464 needs what the modern policy would rewrite, so that reports are written by hand.
REPORT = """\
From: Mail Delivery System <MAILER-DAEMON@{mta}>
To: {sender}
Subject: {subject}
Date: {date}
Message-ID: <report.{number}@{mta}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
 boundary="{number}.report/{mta}"

This is a MIME-encapsulated message.

--{number}.report/{mta}
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host {mta}.

{words}

<{recipient}>: {reply}

--{number}.report/{mta}
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; {mta}
{envid}Arrival-Date: {date}

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.{domain}
Diagnostic-Code: smtp; {reply}

--{number}.report/{mta}
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

{headers}

--{number}.report/{mta}--
"""


class Warning:
    """A warning as a mail server took it: its bytes and its envelope."""

    def __init__(self, data, sender, recipient, envid=""):
        self.data = data
        self.sender = sender
        self.recipient = recipient
        self.envid = envid
        self.mail = email.message_from_bytes(data, policy=email.policy.default)
        self.message_id = str(self.mail["Message-ID"]).strip()
        self.subject = str(self.mail["Subject"])
        self.reply_to = email.utils.parseaddr(str(self.mail["Reply-To"] or self.mail["From"]))[1]

    def headers(self):
        return self.data.replace(b"\r\n", b"\n").split(b"\n\n", 1)[0].decode("ascii", "replace")

    def number(self):
        return "%08X" % (sum(self.message_id.encode()) * 2654435761 & 0xFFFFFFFF)


def report(w, action, status, reply, words):
    domain = w.recipient.split("@")[1]
    subject = {"failed": "Undelivered Mail Returned to Sender", "delayed": "Delayed Mail (still being retried)"}[action]
    return REPORT.format(
        mta="mx.%s" % domain, sender=w.sender, subject=subject, date=email.utils.formatdate(localtime=False),
        number=w.number(), words=words, recipient=w.recipient, reply=reply, action=action, status=status, domain=domain,
        envid="Original-Envelope-Id: %s\n" % w.envid if w.envid else "", headers=w.headers()).encode()


def bounce(w):
    return report(w, "failed", "5.1.1", "550 5.1.1 <%s>: Recipient address rejected: User unknown" % w.recipient,
                  "I'm sorry to have to inform you that your message could not be delivered.")


def full(w):
    return report(w, "failed", "5.2.2", "552 5.2.2 <%s>: Mailbox is full" % w.recipient,
                  "Your message could not be delivered: the mailbox is full.")


def delayed(w):
    return report(w, "delayed", "4.4.1", "451 4.4.1 connection timed out",
                  "THIS IS A WARNING ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE.")


def answer(w, text, subject=None, **headers):
    """An answer that quotes the warning's first lines as mail programs do."""
    m = EmailMessage()
    m["From"] = w.recipient
    m["To"] = w.reply_to
    m["Subject"] = subject or "Re: " + w.subject
    m["Date"] = email.utils.formatdate(localtime=False)
    m["Message-ID"] = "<antwoord.%s@%s>" % (w.number(), w.recipient.split("@")[1])
    m["In-Reply-To"] = w.message_id
    m["References"] = w.message_id
    for name, value in headers.items():
        m[name.replace("_", "-")] = value
    body = w.mail.get_body(("plain",))
    quoted = body.get_content().splitlines()[:25] if body is not None else []
    m.set_content("%s\n\nOp %s schreef %s:\n%s\n" % (
        text, str(w.mail["Date"]), str(w.mail["From"]), "\n".join("> " + line for line in quoted)))
    return m.as_bytes()


def vacation(w):
    m = EmailMessage()
    m["From"] = w.recipient
    m["To"] = w.sender
    m["Subject"] = "Automatisch antwoord: " + w.subject
    m["Date"] = email.utils.formatdate(localtime=False)
    m["Message-ID"] = "<afwezig.%s@%s>" % (w.number(), w.recipient.split("@")[1])
    m["In-Reply-To"] = w.message_id
    m["Auto-Submitted"] = "auto-replied"
    m["X-Auto-Response-Suppress"] = "All"
    m.set_content("Ik ben met vakantie en lees mijn mail weer als ik terug ben.\n"
                  "Uw bericht wordt niet doorgestuurd.\n")
    return m.as_bytes()


# What people type; the word first, as the warning asks.
TEXTS = {
    "received": "ONTVANGEN\n\nDank u wel, onze systeembeheerder kijkt er vandaag naar.",
    "resolved": "OPGELOST\n\nDe poort is dicht, groet van de beheerder.",
    "not_ours": "NIET VAN ONS\n\nDit adres is niet (meer) van ons bedrijf.",
    "unsubscribe": "AFMELDEN\n\nGraag geen mail meer op dit adres.",
    "question": "Goedemorgen,\n\nWelke computer is dit precies? Wij hebben er drie staan.",
}


def make(kind, w):
    """(bytes, address it goes to) of the answer of that kind, or None for silence."""
    if kind in TEXTS:
        return answer(w, TEXTS[kind]), w.reply_to
    robots = {"bounce": bounce, "full": full, "delayed": delayed, "vacation": vacation}
    if kind in robots:
        return robots[kind](w), w.sender
    return None
