/*
 * warn_world: a company, its contact, an incident and a catalog for the tests of warn.
 */
#include "test.h"

#include "utf8.h"
#include "warn_world.h"

static const struct warn_gateway gateway = {
	.name = "Seinpost Noord",
	.organisation = "Voorbeeldstichting",
	.from = "sein@example.nl",
	.phone = "+31 20 5550100",
	.website = "https://sein.example.nl/",
	.fingerprint = "0123456789ABCDEF0123",
};

const struct finding world_blank = {
	.seen_at = SEEN,
	.source_type = "test",
	.feed = "feed",
	.advice = "generic",
	.transport = "",
	.application = "",
	.domain = "",
	.hostname = "",
	.url = "",
	.account = "",
	.identifier = "",
	.cve = "",
	.product = "",
	.tlp = "",
	.severity = SEVERITY_MEDIUM,
};

char *world_folder(const char *folder)
{
	const char *top = getenv("top_srcdir");
	struct buf b = BUF_INIT;

	buf_printf(&b, "%s/%s", top != NULL ? top : ".", folder);
	return buf_take(&b);
}

void world_init(struct world *w, const char *folder, enum language l)
{
	char *dir = world_folder(folder);

	*w = (struct world){
		.company = { .id = 7,
		             .ref = "bakkerij",
		             .name = "Bakkerij De Korst",
		             .partner = "" },
		.contact = { .value = "it@korst.example",
		             .name = "Els Meel",
		             .role = "",
		             .source = "",
		             .language = "",
		             .pgp = "" },
		.incident = { .slug = "rdp",
		              .title = "Open systemen",
		              .advice = "auto",
		              .tlp = TLP_GREEN },
		.a = ARENA_INIT,
		.subject = BUF_INIT,
		.text = BUF_INIT,
		.mail = BUF_INIT,
		.e = ERR_INIT,
	};
	w->in = (struct warn_input){
		.gateway = &gateway,
		.company = &w->company,
		.contact = &w->contact,
		.incident = &w->incident,
		.ref = "SP-7K3F-Q2MD",
		.reply_to = "sein+abc@example.nl",
		.message_id = "<1@example.nl>",
		.created_at = SEEN,
		.deadline_at = SEEN + 4 * 86400,
	};
	if (warn_catalog_load(&w->catalog, dir, l, &w->e) < 0)
		fail_msg("%s", w->e.text);
	free(dir);
}

void world_clear(struct world *w)
{
	warn_catalog_free(w->catalog);
	arena_clear(&w->a);
	buf_clear(&w->subject);
	buf_clear(&w->text);
	buf_clear(&w->mail);
}

struct finding world_at(const char *ip, const char *advice)
{
	struct finding f = world_blank;

	f.has_ip = true;
	assert_true(ip_parse(&f.ip, ip));
	f.advice = advice;
	return f;
}

void world_render(struct world *w, const struct finding *f, size_t n)
{
	w->in.finding = f;
	w->in.n_finding = n;
	buf_reset(&w->subject);
	buf_reset(&w->text);
	if (warn_render(&w->subject, &w->text, w->catalog, &w->in, &w->a, &w->e) < 0)
		fail_msg("%s", w->e.text);
	assert_true(utf8_check(w->text.s, w->text.len) == SIZE_MAX);
}

void assert_has(const struct buf *b, const char *needle)
{
	if (strstr(b->s, needle) == NULL)
		fail_msg("\"%s\" is not in:\n%s", needle, b->s);
}

void assert_lacks(const struct buf *b, const char *needle)
{
	if (strstr(b->s, needle) != NULL)
		fail_msg("\"%s\" is in:\n%s", needle, b->s);
}
