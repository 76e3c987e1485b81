/*
 * idn: internationalised domain names.
 *
 * Input: names from registers and feeds (hostile); what libidn2 returns is checked again by
 * domain_normalise().
 */
#include "base.h"

#include <idn2.h>

#include "domain.h"
#include "idn.h"
#include "utf8.h"

enum { NAME_INPUT_MAX = 1024 };

static bool is_ascii(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

int idn_to_ascii(char *out, const char *name, struct err *e)
{
	char *ascii = NULL;
	int rc = 0, idn;

	if (strlen(name) > NAME_INPUT_MAX)
		return err_set(e, ERR_INPUT, "domain name of more than %d octets", NAME_INPUT_MAX);
	if (is_ascii(name)) {
		if (!domain_normalise(out, name, strlen(name), 1))
			return err_set(e, ERR_INPUT, "'%s' is no domain name", name);
		return 0;
	}
	if (utf8_check(name, strlen(name)) != SIZE_MAX)
		return err_set(e, ERR_INPUT, "domain name is not UTF-8");
	idn = idn2_to_ascii_8z(name, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
	if (idn != IDN2_OK)
		rc = err_set(e, ERR_INPUT, "'%s' is no domain name: %s", name, idn2_strerror(idn));
	else if (!domain_normalise(out, ascii, strlen(ascii), 1))
		rc = err_set(e, ERR_INPUT, "'%s' is no domain name", name);
	idn2_free(ascii);
	return rc;
}

char *idn_to_unicode(char *out, const char *name)
{
	char *unicode = NULL;

	if (idn2_to_unicode_8z8z(name, &unicode, 0) == IDN2_OK && strlen(unicode) < 4 * DOMAIN_TEXT)
		snprintf(out, 4 * DOMAIN_TEXT, "%s", unicode);
	else
		snprintf(out, 4 * DOMAIN_TEXT, "%s", name);
	idn2_free(unicode);
	return out;
}
