/*
 * sign_home: the GnuPG home as a folder, and texts for gpg.
 *
 * Invariant: a home that passes is closed to everybody else.
 * Input: our configuration and the command line of whoever sets Seinpost up.
 */
#include "base.h"

#include <errno.h>
#include <sys/stat.h>

#include "mailaddr.h"
#include "sign_home.h"
#include "utf8.h"

enum { NAME_MAX_OCTETS = 200 };

int home_check(const char *home, struct err *e)
{
	struct stat st;

	if (stat(home, &st) < 0 || !S_ISDIR(st.st_mode))
		return err_set(e, ERR_CONF, "%s: no GnuPG home there; 'seinpost init' makes one",
		               home);
	if ((st.st_mode & 077) != 0)
		return err_set(e, ERR_CONF, "%s: open to others; 'chmod 700 %s'", home, home);
	return 0;
}

int home_make(const char *home, struct err *e)
{
	if (mkdir(home, 0700) < 0 && errno != EEXIST)
		return err_errno(e, ERR_IO, "%s", home);
	return home_check(home, e);
}

bool is_fingerprint(const char *s)
{
	size_t n = strlen(s);

	return (n == 40 || n == 64) && strspn(s, "0123456789abcdefABCDEF") == n;
}

int user_id_make(struct buf *out, const char *name, const char *mail, struct err *e)
{
	char address[MAILADDR_TEXT];
	struct buf shown = BUF_INIT;
	size_t n = strlen(name);
	bool clean;
	int rc;

	if ((rc = mailaddr_normalise(address, mail, e)) < 0)
		return rc;
	utf8_printable(&shown, name, n, SIZE_MAX, true);
	clean = strcmp(shown.s, name) == 0 && utf8_check(name, n) == SIZE_MAX;
	buf_clear(&shown);
	if (!clean || n < 1 || n > NAME_MAX_OCTETS || strpbrk(name, "<>@()") != NULL ||
	    name[0] == ' ' || name[n - 1] == ' ')
		return err_set(
			e, ERR_INPUT,
			"'%s' cannot be the name of a key: text without <>()@, 1 to %d octets",
			name, NAME_MAX_OCTETS);
	buf_printf(out, "%s <%s>", name, address);
	return 0;
}
