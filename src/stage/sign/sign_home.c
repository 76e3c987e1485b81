/*
 * sign_home: the GnuPG home as a folder, and texts for gpg.
 *
 * Invariant: a home that passes is closed to everybody else.
 * Input: our configuration and the command line of whoever sets Seinpost up.
 */
#include "base.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mailaddr.h"
#include "sign.h"
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

/* What an agent and a gpg beside it read; a name that home lacks is a link to nothing. */
static const char *const shared_names[] = { "private-keys-v1.d", "pubring.kbx", "gpg.conf",
	                                    "gpg-agent.conf" };

int sign_twin_home(struct buf *out, const char *home, int n, struct err *e)
{
	struct buf folder = BUF_INIT, link = BUF_INIT, target = BUF_INIT;
	int rc;

	buf_printf(&folder, "%s/.agent%d", home, n);
	if ((rc = home_make(folder.s, e)) < 0)
		goto out;
	for (size_t i = 0; i < ARRAY_SIZE(shared_names); i++) {
		buf_reset(&link);
		buf_reset(&target);
		buf_printf(&link, "%s/%s", folder.s, shared_names[i]);
		buf_printf(&target, "../%s", shared_names[i]);
		if (symlink(target.s, link.s) < 0 && errno != EEXIST) {
			rc = err_errno(e, ERR_IO, "%s", link.s);
			goto out;
		}
	}
	buf_addstr(out, folder.s);
out:
	buf_clear(&target);
	buf_clear(&link);
	buf_clear(&folder);
	return rc;
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
