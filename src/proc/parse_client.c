/*
 * parse_client: the parser's process as its parent sees it.
 *
 * Input: the answers of a process that reads hostile mail and may have been taken over: one message
 * of exactly the size of a verdict is taken, copied, and checked (verdict_valid()) before anybody
 * looks into it.
 */
#include "base.h"

#include "alloc.h"
#include "classify.h"
#include "log.h"
#include "parse_client.h"
#include "parser.h"
#include "spawn.h"
#include "utf8.h"
#include "wire.h"

enum { DEADLINE_MS = 5000 };

struct parse_client {
	struct parse_options o;
	struct channel ch;
	pid_t pid;  /* 0: none runs */
	int served; /* mails given to this process */
	struct parse_count count;
};

struct parse_client *parse_client_new(const struct parse_options *o)
{
	struct parse_client *p = xcalloc(1, sizeof(*p));

	if (o != NULL)
		p->o = *o;
	if (p->o.spawn == NULL)
		p->o.spawn = spawn_role;
	if (p->o.deadline_ms == 0)
		p->o.deadline_ms = DEADLINE_MS;
	channel_init(&p->ch, -1);
	return p;
}

static void stop(struct parse_client *p)
{
	if (p->pid > 0)
		spawn_kill(p->pid);
	p->pid = 0;
	channel_clear(&p->ch);
}

void parse_client_free(struct parse_client *p)
{
	if (p == NULL)
		return;
	stop(p);
	free(p);
}

struct parse_count parse_client_count(const struct parse_client *p)
{
	return p->count;
}

static int died(struct parse_client *p, struct err *e)
{
	char outcome[SPAWN_OUTCOME];

	spawn_outcome(p->pid, outcome);
	p->pid = 0;
	return err_set(e, ERR_IO, "the parser %s", outcome);
}

static int exchange(struct parse_client *p, uint32_t *type, struct span *payload, struct err *e)
{
	int rc = channel_ask(&p->ch, p->o.deadline_ms, type, payload, e);

	if (rc == 0)
		return died(p, e);
	return rc < 0 ? err_wrap(e, "the parser") : 0;
}

/* The parser's own words are shown to people. */
static int start_failed(struct span payload, struct err *e)
{
	struct buf clean = BUF_INIT;
	const char *text = "";
	int rc;

	if (wire_get_text(&payload, &text))
		utf8_printable(&clean, text, strlen(text), 200, true);
	rc = err_set(e, ERR_TEMP, "the parser cannot start: %s",
	             *clean.s ? clean.s : "no reason given");
	buf_clear(&clean);
	return rc;
}

static int start(struct parse_client *p, struct err *e)
{
	struct span payload;
	uint32_t type;
	int fd, rc;

	if (p->pid > 0)
		return 0;
	stop(p);
	if ((rc = p->o.spawn("parser", &p->pid, &fd, e)) < 0) {
		p->pid = 0;
		return rc;
	}
	channel_init(&p->ch, fd);
	p->served = 0;
	p->count.started++;
	if ((rc = exchange(p, &type, &payload, e)) < 0)
		err_wrap(e, "start of the parser");
	else if (type != PARSER_READY)
		rc = start_failed(payload, e);
	if (rc < 0)
		stop(p);
	return rc;
}

/* What the process answers to one mail. */
static int ask(struct parse_client *p, struct verdict *v, const void *bytes, size_t n,
               struct err *e)
{
	struct buf mail = BUF_INIT;
	struct span payload;
	uint32_t type;
	int rc;

	/* more than this it would not read anyway */
	buf_add(&mail, bytes,
	        n < classify_default_limits.bytes ? n : classify_default_limits.bytes);
	channel_queue(&p->ch, PARSER_MAIL, &mail);
	buf_clear(&mail);
	p->served++;
	if ((rc = exchange(p, &type, &payload, e)) < 0)
		return rc;
	if (type != PARSER_VERDICT || span_len(payload) != sizeof(*v))
		return err_set(e, ERR_INPUT, "the parser answered %zu bytes of type %u",
		               span_len(payload), (unsigned)type);
	memcpy(v, payload.p, sizeof(*v));
	/* one mail, one answer: what else it says belongs to no question */
	if (!verdict_valid(v) || p->ch.in.len != p->ch.taken)
		return err_set(e, ERR_INPUT, "the parser's answer is not well-formed");
	return 0;
}

static void condemn(struct parse_client *p, struct verdict *v, const struct err *why)
{
	log_warn("%s; the mail is shown to a person", why->text);
	verdict_init(v);
	v->unparsable = true;
	snprintf(v->rule, sizeof(v->rule), "the parser failed");
	snprintf(v->evidence, sizeof(v->evidence), "%.200s", why->text);
	p->count.unparsable++;
}

static int classify(void *arg, struct verdict *v, const void *bytes, size_t n, struct err *e)
{
	struct parse_client *p = arg;
	struct err why = ERR_INIT;
	bool fresh = false;
	int rc;

	p->count.mails++;
	do {
		if ((rc = start(p, e)) < 0)
			return rc;
		fresh = p->served == 0;
		if (ask(p, v, bytes, n, &why) == 0)
			return 0;
		stop(p);
	} while (!fresh);
	condemn(p, v, &why);
	return 0;
}

struct classifier parse_client_classifier(struct parse_client *p)
{
	return (struct classifier){ classify, p };
}
