/*
 * doctor_net: does anybody answer at a host and port?
 *
 * Input: a host name of the configuration (trusted); answers of the resolver.
 */
#include "base.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "doctor_net.h"

static int try_address(const struct addrinfo *a, int seconds)
{
	int fd = socket(a->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), why = 0;
	socklen_t len = sizeof(why);
	struct pollfd p = { .fd = fd, .events = POLLOUT };

	if (fd < 0)
		return errno;
	if (connect(fd, a->ai_addr, a->ai_addrlen) < 0) {
		if (errno != EINPROGRESS)
			why = errno;
		else if (poll(&p, 1, seconds * 1000) == 0)
			why = ETIMEDOUT;
		else if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &why, &len) < 0)
			why = errno;
	}
	close(fd);
	return why;
}

int doctor_reach(const char *host, int port, int seconds, struct err *e)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *list = NULL;
	char service[16];
	int why;

	snprintf(service, sizeof(service), "%d", port);
	if ((why = getaddrinfo(host, service, &hints, &list)) != 0)
		return err_set(e, ERR_NET, "%s does not resolve: %s", host, gai_strerror(why));
	why = EHOSTUNREACH;
	for (const struct addrinfo *a = list; a != NULL && why != 0; a = a->ai_next)
		why = try_address(a, seconds);
	freeaddrinfo(list);
	if (why == 0)
		return 0;
	errno = why;
	return err_errno(e, ERR_NET, "%s port %d does not answer", host, port);
}
