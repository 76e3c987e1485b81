/*
 * log: one line a message to standard error.
 *
 * Invariant: one write(2) a line, so that lines of several processes never mix.
 */
#include "base.h"

#include <unistd.h>

#include "log.h"

static struct {
	char name[32];
	enum log_level least;
	bool journal, over_line;
} logger = { "seinpost", LOG_LEVEL_INFO, false, false };

void log_open(const char *name, enum log_level least, bool journal)
{
	snprintf(logger.name, sizeof(logger.name), "%s", name);
	logger.least = least;
	logger.journal = journal;
}

void log_over_line(bool on)
{
	logger.over_line = on;
}

void log_msg(enum log_level level, const char *fmt, ...)
{
	static const char *const priority[] = { "<7>", "<6>", "<4>", "<3>" };
	static const char *const word[] = { "debug: ", "", "warning: ", "error: " };
	char line[1024];
	va_list ap;
	size_t head, n;

	if (level < logger.least)
		return;
	snprintf(line, sizeof(line), "%s%s%s: %s", logger.over_line ? "\r\033[K" : "",
	         logger.journal ? priority[level] : "", logger.name, word[level]);
	head = strlen(line);
	va_start(ap, fmt);
	vsnprintf(line + head, sizeof(line) - 1 - head, fmt, ap);
	va_end(ap);
	n = strlen(line);
	for (size_t i = head; i < n; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
			line[i] = '?';
	line[n++] = '\n';
	if (write(STDERR_FILENO, line, n) < 0)
		return; /* nobody listens; there is nowhere else to say it */
}
