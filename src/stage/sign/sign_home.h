/*
 * sign_home: the GnuPG home as a folder, and texts for gpg; for the other files of this folder
 * only.
 */
#ifndef SEINPOST_SIGN_HOME_H
#define SEINPOST_SIGN_HOME_H

#include "base.h"
#include "buf.h"
#include "err.h"

/* ERR_CONF unless home is a folder that is closed to others. */
int home_check(const char *home, struct err *e) NODISCARD;
/* Makes the folder (0700) where there is none, then as home_check(). */
int home_make(const char *home, struct err *e) NODISCARD;
/* 40 or 64 hexadecimal digits. */
bool is_fingerprint(const char *s);
/* Appends "name <mail>"; ERR_INPUT: control characters, '<', '>' or '@' in the name, no address. */
int user_id_make(struct buf *out, const char *name, const char *mail, struct err *e) NODISCARD;

#endif
