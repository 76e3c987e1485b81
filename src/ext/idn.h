/*
 * idn: internationalised domain names (libidn2; IDNA2008 with UTS 46 mapping).
 */
#ifndef SEINPOST_IDN_H
#define SEINPOST_IDN_H

#include "base.h"
#include "err.h"

/* Writes the normal ASCII form of name (UTF-8 or ASCII) into out[DOMAIN_TEXT]; ERR_INPUT where it
 * is no domain. */
int idn_to_ascii(char *out, const char *name, struct err *e) NODISCARD;
/* The readable form for people into out[4 * DOMAIN_TEXT]; name itself where it has none. */
char *idn_to_unicode(char *out, const char *name);

#endif
