/*
 * parser: bytes of a mail in, a verdict out, until the socket closes.
 *
 * SECURITY: started by exec with one socket and nothing else; before the first byte of a mail it
 * gives up every right but to read and write that socket (sandbox.h).  It knows no key, no store
 * and no configuration, only the mails it was given.  Its parent checks the answer as if hostile,
 * ends it when it takes too long, and replaces it after some hundred mails.
 */
#include "base.h"

#include <fcntl.h>
#include <iconv.h>
#include <unistd.h>

#include "alloc.h"
#include "classify.h"
#include "fdio.h"
#include "parser.h"
#include "sandbox.h"
#include "wire.h"

/* Half a megabyte of mail needs some 20 MiB; the libraries themselves take 100 of address space. */
static const struct sandbox_limits limits = { .memory = INT64_C(512) << 20, .cpu_seconds = 60 };

/* What mail is written in.  A charset that is not here is read as ISO-8859-1. */
static const char *const charsets[] = {
	"us-ascii",     "utf-8",        "utf-7",        "utf-16",       "utf-16le",
	"utf-16be",     "iso-8859-1",   "iso-8859-2",   "iso-8859-3",   "iso-8859-4",
	"iso-8859-5",   "iso-8859-6",   "iso-8859-7",   "iso-8859-8",   "iso-8859-9",
	"iso-8859-10",  "iso-8859-13",  "iso-8859-14",  "iso-8859-15",  "iso-8859-16",
	"windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254",
	"windows-1255", "windows-1256", "windows-1257", "windows-1258", "koi8-r",
	"koi8-u",       "ibm437",       "ibm850",       "ibm852",       "ibm866",
	"macintosh",    "iso-2022-jp",  "shift_jis",    "euc-jp",       "cp932",
	"gb2312",       "gbk",          "gb18030",      "big5",         "euc-kr",
	"iso-2022-kr",  "cp949",        "tis-620",      "viscii",
};

/*
 * The C library loads a converter from its file at first use.  Each is opened here and stays open
 * as long as the process lives: behind the sandbox no file can be opened.
 */
static void load_charsets(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(charsets); i++) {
		iconv_t to = iconv_open("utf-8", charsets[i]);

		/* one that this system does not have is read as ISO-8859-1, too */
		UNUSED(to);
	}
}

/* channel_flush() would use send(2), which the filter does not let through. */
static int answer(struct channel *ch, enum parser_message type, const struct buf *payload,
                  struct err *e)
{
	int rc;

	channel_queue(ch, type, payload);
	rc = fd_write_all(ch->fd, ch->out.s, ch->out.len, "parent", e);
	buf_reset(&ch->out);
	return rc;
}

static int read_mails(struct channel *ch, struct verdict *v, struct err *e)
{
	struct buf out = BUF_INIT;
	struct span mail;
	uint32_t type;
	int rc;

	do {
		while ((rc = channel_next(ch, &type, &mail, e)) == 1) {
			if (type != PARSER_MAIL)
				bug("parser: message %u", (unsigned)type);
			classify_mail(v, mail.p, span_len(mail), &classify_default_limits);
			buf_reset(&out);
			buf_add(&out, v, sizeof(*v));
			if ((rc = answer(ch, PARSER_VERDICT, &out, e)) < 0)
				break;
		}
		if (rc == 0)
			rc = channel_fill(ch, e);
	} while (rc == 1);
	buf_clear(&out);
	return rc;
}

int parser_main(int fd)
{
	struct buf text = BUF_INIT;
	struct err e = ERR_INIT;
	struct verdict *v = xcalloc(1, sizeof(*v));
	struct channel ch;
	int rc;

	channel_init(&ch, fd);
	load_charsets();
	if (fcntl(fd, F_SETFL, 0) < 0)
		rc = err_errno(&e, ERR_IO, "socket");
	else
		rc = sandbox_enter(fd, &limits, &e);
	if (rc < 0)
		wire_put_text(&text, e.text);
	if (answer(&ch, rc < 0 ? PARSER_FAILED : PARSER_READY, &text, &e) == 0 && rc == 0)
		rc = read_mails(&ch, v, &e);
	/* straight out: what a library does at exit has no business with files and signals here */
	_exit(rc < 0 ? 1 : 0);
}
