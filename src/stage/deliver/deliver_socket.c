/*
 * deliver_socket: options and end of a socket that belongs to the library.
 *
 * Invariant: it is never closed here.  Input: descriptors of this process.
 */
#include "base.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "deliver_socket.h"

enum { SEARCH_SPAN = 256 };

int socket_floor(void)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return 0;
	close(fd);
	return fd;
}

static int peer_port(int fd)
{
	struct sockaddr_storage peer;
	socklen_t len = sizeof(peer);

	if (getpeername(fd, (struct sockaddr *)&peer, &len) < 0)
		return -1;
	if (peer.ss_family == AF_INET)
		return ntohs(((struct sockaddr_in *)&peer)->sin_port);
	if (peer.ss_family == AF_INET6)
		return ntohs(((struct sockaddr_in6 *)&peer)->sin6_port);
	return -1;
}

int socket_find(int floor, int port)
{
	for (int fd = floor; fd < floor + SEARCH_SPAN; fd++)
		if (peer_port(fd) == port)
			return fd;
	return -1;
}

void socket_tune(int fd, int stall_ms)
{
	int on = 1;

	if (fd < 0)
		return;
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	(void)setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &stall_ms, sizeof(stall_ms));
}

void socket_quickack(int fd)
{
	int on = 1;

	if (fd >= 0)
		(void)setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof(on));
}

void socket_hold(int fd, bool hold)
{
	int on = hold;

	if (fd >= 0)
		(void)setsockopt(fd, IPPROTO_TCP, TCP_CORK, &on, sizeof(on));
}

bool socket_is_dead(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLRDHUP };

	return fd >= 0 && poll(&p, 1, 0) > 0 && (p.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

void socket_stop(int fd)
{
	if (fd >= 0)
		shutdown(fd, SHUT_RDWR);
}
