/*
 * inbox_mailstream: our stream as libetpan sees it.
 */
#ifndef SEINPOST_INBOX_MAILSTREAM_H
#define SEINPOST_INBOX_MAILSTREAM_H

#include "base.h"
#include "inbox_stream.h"

#include <libetpan/mailstream.h>

/*
 * An IMAP connection for mailimap_connect(), which takes it over.  The stream stays the caller's
 * and has to outlive it; literals larger than max_literal make it fail.
 */
mailstream *inbox_mailstream_new(struct inbox_stream *stream, size_t max_literal) NODISCARD;

#endif
