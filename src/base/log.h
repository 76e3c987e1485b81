/*
 * log: one line a message to standard error, in the form journald understands.
 *
 * The only global of the program.  Only cli and proc log; everybody else returns struct err.
 * Text from outside is made printable here.
 */
#ifndef SEINPOST_LOG_H
#define SEINPOST_LOG_H

#include "base.h"

enum log_level { LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARN, LOG_LEVEL_ERROR };

/* name stands in front of each line; with journal, "<6>" style priorities too (sd-daemon(3)). */
void log_open(const char *name, enum log_level least, bool journal);
void log_msg(enum log_level level, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* A line without an end stands on the terminal (progress): messages clear it and take its place. */
void log_over_line(bool on);

#define log_debug(...) log_msg(LOG_LEVEL_DEBUG, __VA_ARGS__)
#define log_info(...) log_msg(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_warn(...) log_msg(LOG_LEVEL_WARN, __VA_ARGS__)
#define log_error(...) log_msg(LOG_LEVEL_ERROR, __VA_ARGS__)

#endif
