/*
 * conf_scan: what libconfig would let pass in silence, found before it reads the text.
 *
 * libconfig cuts integers to 32 bits (5000000000 becomes 705032704), stops at a NUL byte, and reads
 * other files where a line begins with @include.
 */
#ifndef SEINPOST_CONF_SCAN_H
#define SEINPOST_CONF_SCAN_H

#include "base.h"
#include "err.h"

/* ERR_CONF with file, line and the setting's name.  Text that is no configuration at all is left to
 * libconfig. */
int conf_scan(const char *file, const char *text, size_t n, struct err *e) NODISCARD;

#endif
