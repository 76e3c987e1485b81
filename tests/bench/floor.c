/*
 * floor: the least that has to be done: signs the same entities through the same agents and sends
 * them with a raw pipelined client.  No templates, no store, no checks.
 *
 * floor PORT COUNT FINGERPRINT HOME[,HOME...] ENTITY...: one process a home; COUNT mails together.
 * With "-" for the homes nothing is signed.  Prints nothing; exit status 0 when every mail was
 * accepted.
 *
 * Input: files the measuring program made.
 */
#include "base.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "alloc.h"
#include "buf.h"
#include "fdio.h"
#include "sign.h"

enum { ENTITY_MAX = 1 << 20 };

struct client {
	int fd;
	char in[4096];
	size_t have;
};

static void send_all(struct client *c, const struct buf *b)
{
	for (size_t done = 0; done < b->len;) {
		ssize_t n = send(c->fd, b->s + done, b->len - done, MSG_NOSIGNAL);

		if (n <= 0)
			bug("send: %s", strerror(errno));
		done += (size_t)n;
	}
}

/* Reads n last lines of replies; each must be one that goes on. */
static void read_replies(struct client *c, int n)
{
	while (n > 0) {
		const char *lf = memchr(c->in, '\n', c->have);
		size_t len;

		if (lf == NULL) {
			ssize_t got = recv(c->fd, c->in + c->have, sizeof(c->in) - c->have, 0);

			if (got <= 0)
				bug("the server went away");
			c->have += (size_t)got;
			continue;
		}
		len = (size_t)(lf - c->in) + 1;
		if (c->in[0] != '2' && c->in[0] != '3')
			bug("refused: %.*s", (int)len, c->in);
		n -= c->in[3] != '-';
		c->have -= len;
		memmove(c->in, c->in + len, c->have);
	}
}

static void say(struct client *c, const char *text, int replies)
{
	struct buf b = BUF_INIT;

	buf_addstr(&b, text);
	send_all(c, &b);
	buf_clear(&b);
	read_replies(c, replies);
}

static void dial(struct client *c, int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
				 .sin_port = htons((uint16_t)port) };
	int one = 1;

	*c = (struct client){ .fd = socket(AF_INET, SOCK_STREAM, 0) };
	if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&a, sizeof(a)) < 0)
		bug("connect: %s", strerror(errno));
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	read_replies(c, 1);
}

static void put_envelope(struct buf *b, int i)
{
	buf_printf(
	    b,
	    "MAIL FROM:<bounces+%d@gateway.example>\r\nRCPT TO:<security@b%d.example>\r\nDATA\r\n",
	    i, i);
}

static void put_mail(struct buf *b, const struct signer *s, const struct buf *entity, int i)
{
	static const char boundary[] = "=_floor";
	struct buf signature = BUF_INIT;
	char micalg[MICALG_TEXT] = "pgp-sha256";
	struct err e = ERR_INIT;

	if (s != NULL && s->sign(s->arg, &signature, micalg, entity->s, entity->len, &e) < 0)
		bug("%s", e.text);
	buf_printf(b,
		   "From: <waarschuwing@gateway.example>\r\nTo: <security@b%d.example>\r\n"
		   "Message-ID: <%d@gateway.example>\r\nMIME-Version: 1.0\r\n"
		   "Content-Type: multipart/signed; micalg=%s;\r\n "
		   "protocol=\"application/pgp-signature\";\r\n"
		   " boundary=\"%s\"\r\n\r\n--%s\r\n",
		   i, i, micalg, boundary, boundary);
	buf_add(b, entity->s, entity->len);
	buf_printf(
	    b, "\r\n--%s\r\nContent-Type: application/pgp-signature\r\n\r\n%s\r\n--%s--\r\n.\r\n",
	    boundary, signature.s, boundary);
	buf_clear(&signature);
}

static void send_mails(int port, int from, int until, const struct signer *s,
		       const struct buf *entity, int n)
{
	struct client c;
	struct buf out = BUF_INIT;

	dial(&c, port);
	say(&c, "EHLO floor.example\r\n", 1);
	for (int i = from; i < until; i++) {
		put_mail(&out, s, &entity[i % n], i);
		if (i == from) {
			struct buf first = BUF_INIT;

			put_envelope(&first, i);
			say(&c, first.s, 0);
			buf_clear(&first);
		}
		read_replies(
		    &c, i == from ? 3 : 4); /* of the mail before, and of this one's envelope */
		if (i + 1 < until)
			put_envelope(&out, i + 1);
		send_all(&c, &out);
		buf_reset(&out);
	}
	read_replies(&c, 1);
	say(&c, "QUIT\r\n", 1);
	close(c.fd);
	buf_clear(&out);
}

static void run_process(int port, int from, int until, const char *fpr, const char *home,
			const struct buf *entity, int n)
{
	const struct sign_options o = { .home = home, .fingerprint = fpr };
	struct signer s;
	struct err e = ERR_INIT;

	if (strcmp(home, "-") == 0) {
		send_mails(port, from, until, NULL, entity, n);
		return;
	}
	if (signer_open_agent(&s, &o, &e) < 0)
		bug("%s", e.text);
	send_mails(port, from, until, &s, entity, n);
	s.close(s.arg);
}

int main(int argc, char **argv)
{
	struct buf *entity;
	struct err e = ERR_INIT;
	int port, count, n = argc - 5, processes = 1, k = 0, failed = 0, status;
	char *rest = NULL;

	if (n < 1)
		return 64;
	port = (int)strtol(argv[1], NULL, 10);
	count = (int)strtol(argv[2], NULL, 10);
	entity = xcalloc((size_t)n, sizeof(*entity));
	for (int i = 0; i < n; i++) {
		entity[i] = (struct buf)BUF_INIT;
		if (file_read(&entity[i], argv[5 + i], ENTITY_MAX, &e) < 0)
			bug("%s", e.text);
	}
	for (const char *p = argv[4]; (p = strchr(p, ',')) != NULL; p++)
		processes++;
	for (char *home = strtok_r(argv[4], ",", &rest); home != NULL;
	     home = strtok_r(NULL, ",", &rest), k++) {
		pid_t pid = fork();

		if (pid < 0)
			bug("fork: %s", strerror(errno));
		if (pid == 0) {
			run_process(port, count * k / processes, count * (k + 1) / processes,
				    argv[3], home, entity, n);
			_exit(0);
		}
	}
	while (wait(&status) > 0)
		failed |= status != 0;
	return failed;
}
