/*
 * deliver_socket: the library's own socket, found from outside, since it hands it to nobody.
 */
#ifndef SEINPOST_DELIVER_SOCKET_H
#define SEINPOST_DELIVER_SOCKET_H

#include "base.h"

/*
 * The lowest free descriptor: the next socket of this process has this number or, with others gone,
 * a higher one.
 */
int socket_floor(void);
/* The first TCP socket at floor or above that is connected to port; -1 where there is none. */
int socket_find(int floor, int port);
/*
 * No waiting for small packets (TCP_NODELAY: without it 23 mails a second over loopback), and a
 * peer that takes no bytes for stall_ms breaks the connection, for good: after the library's own
 * write timeout it would go on writing, with a hole in the mail.
 */
void socket_tune(int fd, int stall_ms);
/* Acknowledge at once what comes next; the kernel forgets this after a while. */
void socket_quickack(int fd);
/* Collects what is written into full packets (TCP_CORK) until it is told not to any more. */
void socket_hold(int fd, bool hold);
/* The peer closed or broke the connection; what it sent before may still be unread. */
bool socket_is_dead(int fd);
/* Nothing leaves any more, and the next read finds the end.  The library closes it later. */
void socket_stop(int fd);

#endif
