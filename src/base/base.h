/*
 * base: the prelude, included first by every source file.
 *
 * Brings the configure results, the types everybody uses and the list of banned functions.
 * The base layer knows libc only: no mail, no SQL, no configuration.
 */
#ifndef SEINPOST_BASE_H
#define SEINPOST_BASE_H

#include "config.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define NODISCARD __attribute__((warn_unused_result))
#define NORETURN __attribute__((noreturn))
#define UNUSED(x) ((void)(x))
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#include "banned.h"

#endif
