/*
 * sink: an SMTP server that takes everything, for measurements: one poll loop, as little work a
 * mail as can be.
 *
 * sink [-k N -d DIR] FILE: listens on a free port of 127.0.0.1 and writes its number to FILE; keeps
 * every Nth mail as DIR/NUMBER.eml; prints the number of mails it took when it is ended by SIGTERM.
 * Offers PIPELINING, answers each command of a read in one write.  No mail leaves it.
 *
 * Input: the programs that are measured, trusted.
 */
#include "base.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "alloc.h"
#include "buf.h"
#include "span.h"

enum { CLIENTS = 64 };

struct client {
	int fd;
	struct buf in, out;
	bool data; /* between DATA and the final dot */
};

struct sink {
	struct client client[CLIENTS];
	int n;
	uint64_t mails;
	uint64_t keep_every; /* 0: none */
	const char *folder;
};

static volatile sig_atomic_t ended;

static void on_term(int sig)
{
	UNUSED(sig);
	ended = 1;
}

static void keep_mail(const struct sink *s, struct span mail)
{
	struct buf path = BUF_INIT;
	FILE *f;

	buf_printf(&path, "%s/%" PRIu64 ".eml", s->folder, s->mails);
	f = fopen(path.s, "w");
	if (f == NULL || fwrite(mail.p, 1, span_len(mail), f) != span_len(mail) || fclose(f) != 0)
		bug("%s: %s", path.s, strerror(errno));
	buf_clear(&path);
}

static void on_command(struct client *c, struct span line)
{
	if (span_starts_nocase(line, "EHLO")) {
		buf_addstr(
		    &c->out,
		    "250-sink.example\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n250-DSN\r\n"
		    "250 8BITMIME\r\n");
	} else if (span_starts_nocase(line, "DATA")) {
		c->data = true;
		buf_addstr(&c->out, "354 go on\r\n");
	} else if (span_starts_nocase(line, "QUIT")) {
		buf_addstr(&c->out, "221 2.0.0 bye\r\n");
	} else {
		buf_addstr(&c->out, "250 2.1.0 ok\r\n");
	}
}

/* Takes whole commands and mails off the input. */
static void take_input(struct sink *s, struct client *c)
{
	struct span rest = span_of(c->in.s, c->in.len), line;

	for (;;) {
		const char *end = c->data ? memmem(rest.p, span_len(rest), "\r\n.\r\n", 5)
					  : memmem(rest.p, span_len(rest), "\r\n", 2);

		if (end == NULL)
			break;
		line = span_of(rest.p, (size_t)(end - rest.p));
		rest.p = end + (c->data ? 5 : 2);
		if (!c->data) {
			on_command(c, line);
			continue;
		}
		c->data = false;
		s->mails++;
		if (s->keep_every != 0 && s->mails % s->keep_every == 1 % s->keep_every)
			keep_mail(s, span_of(line.p, span_len(line) + 2));
		buf_addstr(&c->out, "250 2.0.0 taken\r\n");
	}
	memmove(c->in.s, rest.p, span_len(rest));
	buf_truncate(&c->in, span_len(rest));
}

/* false: the client is gone. */
static bool serve(struct sink *s, struct client *c)
{
	ssize_t n;

	buf_reserve(&c->in, 128 * 1024);
	n = read(c->fd, c->in.s + c->in.len, c->in.cap - c->in.len - 1);
	if (n <= 0)
		return false;
	c->in.len += (size_t)n;
	c->in.s[c->in.len] = '\0';
	take_input(s, c);
	if (c->out.len > 0 &&
	    send(c->fd, c->out.s, c->out.len, MSG_NOSIGNAL) != (ssize_t)c->out.len)
		return false;
	buf_reset(&c->out);
	return true;
}

static void take_client(struct sink *s, int listener)
{
	struct client *c = &s->client[s->n];
	int one = 1, fd = accept(listener, NULL, NULL);

	if (fd < 0)
		return;
	if (s->n == CLIENTS)
		bug("more than %d clients", CLIENTS);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	*c = (struct client){ .fd = fd, .in = BUF_INIT, .out = BUF_INIT };
	if (send(fd, "220 sink.example ESMTP\r\n", 24, MSG_NOSIGNAL) == 24)
		s->n++;
	else
		close(fd);
}

static void drop_client(struct sink *s, int i)
{
	close(s->client[i].fd);
	buf_clear(&s->client[i].in);
	buf_clear(&s->client[i].out);
	s->client[i] = s->client[--s->n];
}

static void run(struct sink *s, int listener)
{
	while (!ended) {
		struct pollfd p[CLIENTS + 1];
		int n = s->n;

		for (int i = 0; i < n; i++)
			p[i] = (struct pollfd){ .fd = s->client[i].fd, .events = POLLIN };
		p[n] = (struct pollfd){ .fd = listener, .events = POLLIN };
		if (poll(p, (nfds_t)n + 1, -1) < 0)
			continue;
		for (int i = n - 1; i >= 0; i--)
			if (p[i].revents != 0 && !serve(s, &s->client[i]))
				drop_client(s, i);
		if (p[n].revents != 0)
			take_client(s, listener);
	}
}

static int listen_somewhere(const char *port_file)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	FILE *f;

	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0 || listen(fd, CLIENTS) < 0 ||
	    getsockname(fd, (struct sockaddr *)&a, &size) < 0)
		bug("listen: %s", strerror(errno));
	f = fopen(port_file, "w");
	if (f == NULL || fprintf(f, "%u\n", (unsigned)ntohs(a.sin_port)) < 0 || fclose(f) != 0)
		bug("%s: %s", port_file, strerror(errno));
	return fd;
}

int main(int argc, char **argv)
{
	struct sigaction act = { .sa_handler = on_term };
	struct sink *s = xcalloc(1, sizeof(*s));
	int option;

	while ((option = getopt(argc, argv, "k:d:")) != -1) {
		if (option == 'k')
			s->keep_every = strtoull(optarg, NULL, 10);
		else if (option == 'd')
			s->folder = optarg;
		else
			return 64;
	}
	if (optind + 1 != argc || (s->keep_every != 0 && s->folder == NULL))
		return 64;
	sigaction(SIGTERM, &act, NULL);
	run(s, listen_somewhere(argv[optind]));
	printf("%" PRIu64 "\n", s->mails);
	while (s->n > 0)
		drop_client(s, 0);
	free(s);
	return 0;
}
