/*
 * inbox_stream: a TCP connection, with TLS or without, that always comes to an end.
 *
 * Whatever the server does, a read or write comes back: after `timeout` seconds of silence, after
 * ten times that for one command, or when a command has brought more bytes than its budget.  The
 * first failure is kept; everything after it fails at once with the same text.
 */
#ifndef SEINPOST_INBOX_STREAM_H
#define SEINPOST_INBOX_STREAM_H

#include "base.h"
#include "err.h"
#include "inbox.h"

enum inbox_event { INBOX_TIMEOUT, INBOX_READY, INBOX_WOKEN };

/*
 * Waits for events (poll(2)) on fd, for wake_fd to become readable, or for the time until.  Either
 * fd may be -1. An error on fd counts as ready: the next read tells it.
 */
enum inbox_event inbox_poll(int fd, short events, int wake_fd, int64_t until);

struct inbox_stream;

/*
 * Connects, and with INBOX_TLS_IMPLICIT shakes hands and checks the certificate.  ERR_NET, ERR_CONF
 * (certificate, ca_file, unknown host name).  s stays valid while the stream is open.
 */
int inbox_stream_open(struct inbox_stream **out, const struct inbox_settings *s,
		      struct err *e) NODISCARD;
/* After the server agreed to STARTTLS: shakes hands and checks the certificate. */
int inbox_stream_start_tls(struct inbox_stream *st, struct err *e) NODISCARD;
/* A new command begins: its time starts now, and its answer may have budget bytes. */
void inbox_stream_begin(struct inbox_stream *st, size_t budget);
/* The same with seconds to live in all, for a farewell nobody should wait for. */
void inbox_stream_begin_last(struct inbox_stream *st, int seconds);
/* 1 to n bytes; -1 where the connection is gone or refused, also at its end. */
ssize_t inbox_stream_read(struct inbox_stream *st, void *p, size_t n);
/* n, or -1. */
ssize_t inbox_stream_write(struct inbox_stream *st, const void *p, size_t n);
/* Makes the stream fail from now on, for a reason found by its reader. */
void inbox_stream_refuse(struct inbox_stream *st, int code, const char *why);
/* The first failure; false where there was none. */
bool inbox_stream_failed(const struct inbox_stream *st, struct err *e);
int inbox_stream_fd(const struct inbox_stream *st);
/* Bytes are waiting inside the TLS layer, where poll(2) does not see them. */
bool inbox_stream_pending(const struct inbox_stream *st);
/* Accepts NULL. */
void inbox_stream_close(struct inbox_stream *st);

#endif
