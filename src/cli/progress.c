/*
 * progress: how far a long command is, on a terminal.
 *
 * Invariant: nothing is written where standard error is no terminal. Input: counts of our own; the
 * size of a file that somebody may be writing to, so that the total is a guess.
 */
#include "base.h"

#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "log.h"
#include "progress.h"

#define CLEAR_LINE "\r\033[K"

enum { SECONDS_SHOWN = 120, MINUTES_SHOWN = 120 };

void progress_start(struct progress *p, const char *what, uint64_t total)
{
	*p = (struct progress){ .what = what,
		                .started_ms = clock_monotonic_ms(),
		                .total = total,
		                .fd = -1,
		                .terminal = isatty(STDERR_FILENO) == 1 };
}

void progress_start_file(struct progress *p, const char *what, int fd)
{
	progress_start(p, what, 0);
	p->fd = fd;
}

void progress_start_beside(struct progress *p, const char *what, uint64_t total)
{
	progress_start(p, what, total);
	p->terminal = p->terminal && isatty(STDOUT_FILENO) == 0;
}

/* What the part that is read already held, for the whole. */
static uint64_t guess_total(const struct progress *p)
{
	struct stat st;
	off_t at;

	if (p->fd < 0 || fstat(p->fd, &st) < 0 || !S_ISREG(st.st_mode) ||
	    (at = lseek(p->fd, 0, SEEK_CUR)) <= 0 || at >= st.st_size)
		return p->total;
	return (uint64_t)((double)p->done * (double)st.st_size / (double)at);
}

static void put_time(struct buf *out, double seconds)
{
	if (seconds < SECONDS_SHOWN)
		buf_printf(out, "%.0f s left", seconds);
	else if (seconds < MINUTES_SHOWN * 60)
		buf_printf(out, "%.0f min left", seconds / 60);
	else
		buf_printf(out, "%.0f h left", seconds / 3600);
}

void progress_line(struct buf *out, const struct progress *p, int64_t now_ms)
{
	int64_t spent = now_ms - p->started_ms;
	double rate = spent > 0 ? (double)p->done * 1000 / (double)spent : 0;

	buf_printf(out, "%s: %" PRIu64, p->what, p->done);
	if (p->total >= p->done && p->total > 0)
		buf_printf(out, " of %s%" PRIu64, p->fd >= 0 ? "about " : "", p->total);
	if (p->total > p->done && rate > 0 && !p->over) {
		buf_addstr(out, ", ");
		put_time(out, (double)(p->total - p->done) / rate);
	}
	buf_printf(out, rate < 10 ? " (%.1f a second)" : " (%.0f a second)", rate);
}

static void draw(struct progress *p, int64_t now_ms, const char *end)
{
	struct buf line = BUF_INIT;

	progress_line(&line, p, now_ms);
	fprintf(stderr, CLEAR_LINE "%s%s", line.s, end);
	fflush(stderr);
	buf_clear(&line);
}

void progress_show_of(void *arg, uint64_t done, uint64_t total)
{
	struct progress *p = arg;
	int64_t now;

	p->done = done;
	p->total = total;
	if (!p->terminal || (now = clock_monotonic_ms()) - p->started_ms < PROGRESS_AFTER_MS ||
	    now - p->shown_ms < PROGRESS_EVERY_MS)
		return;
	p->total = guess_total(p);
	p->shown_ms = now;
	p->shown = true;
	log_over_line(true);
	draw(p, now, "");
}

void progress_show(void *arg, uint64_t done)
{
	struct progress *p = arg;

	progress_show_of(p, done, p->total);
}

void progress_hide(struct progress *p)
{
	if (p->shown)
		fputs(CLEAR_LINE, stderr);
}

void progress_end(struct progress *p)
{
	if (!p->shown)
		return;
	log_over_line(false);
	p->over = true;
	/* what was a guess is known now */
	if (p->fd >= 0)
		p->total = 0;
	draw(p, clock_monotonic_ms(), "\n");
	p->shown = false;
}
