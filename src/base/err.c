/*
 * err: what went wrong, said once.
 *
 * Input: texts may hold names from outside; they are cut to the buffer and control characters
 * become '?'.
 */
#include "base.h"

#include <errno.h>

#include "err.h"

static void make_printable(char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			*s = '?';
}

static void PRINTF_LIKE(3, 0) set_text(struct err *e, int code, const char *fmt, va_list ap)
{
	e->code = code;
	vsnprintf(e->text, sizeof(e->text), fmt, ap);
	make_printable(e->text);
}

int err_set(struct err *e, int code, const char *fmt, ...)
{
	va_list ap;

	if (e == NULL)
		return code;
	va_start(ap, fmt);
	set_text(e, code, fmt, ap);
	va_end(ap);
	return code;
}

int err_errno(struct err *e, int code, const char *fmt, ...)
{
	int saved = errno;
	va_list ap;
	size_t n;

	if (saved == ENOSPC || saved == EDQUOT || saved == EAGAIN)
		code = ERR_TEMP;
	if (e == NULL)
		return code;
	va_start(ap, fmt);
	set_text(e, code, fmt, ap);
	va_end(ap);
	n = strlen(e->text);
	snprintf(e->text + n, sizeof(e->text) - n, ": %s", strerror(saved));
	return code;
}

int err_wrap(struct err *e, const char *fmt, ...)
{
	char old[sizeof(e->text)], context[256];
	va_list ap;

	if (e == NULL)
		return ERR_PERM;
	va_start(ap, fmt);
	vsnprintf(context, sizeof(context), fmt, ap);
	va_end(ap);
	memcpy(old, e->text, sizeof(old));
	snprintf(e->text, sizeof(e->text), "%s: %.*s", context,
		 (int)(sizeof(old) - strlen(context) - 3), old);
	make_printable(e->text);
	return e->code;
}
