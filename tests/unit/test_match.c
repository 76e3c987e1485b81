/*
 * test_match: who owns a finding, by tables and against a naive search on random registers.
 */
#include "test.h"

#include "arena.h"
#include "domain.h"
#include "match.h"
#include "word.h"

/* ---- small registers written out */

struct line {
	int64_t company_id;
	const char *asset; /* '/' or ':' or a leading digit: a network */
};

static struct asset asset_of(const struct line *l, int64_t id)
{
	struct asset a = {
		.id = id, .company_id = l->company_id, .kind = ASSET_DOMAIN, .text = l->asset
	};

	if (ip_range_parse(&a.range, l->asset))
		a.kind = ASSET_NETWORK;
	return a;
}

static struct match_index *index_of(const struct line *l, size_t n)
{
	struct match_index *ix = match_index_new();

	for (size_t i = 0; i < n; i++) {
		struct asset a = asset_of(&l[i], (int64_t)i + 1);

		match_index_add(ix, &a);
	}
	match_index_seal(ix);
	return ix;
}

static struct finding blank_finding(void)
{
	return (struct finding){ .domain = "", .hostname = "", .url = "", .account = "" };
}

/* "7:ip 9:url", in the order of the result */
static const char *owners_text(struct arena *a, const struct match_result *r)
{
	const char *text = "";

	for (int i = 0; i < r->n; i++)
		text = arena_printf(a, "%s%s%" PRId64 ":%s", text, i ? " " : "",
				    r->owner[i].company_id,
				    word_of(match_by_words, (int)r->owner[i].by));
	return text;
}

static const struct line small_register[] = {
	{ 1, "192.0.2.0/24" },
	{ 2, "192.0.2.64/26" },
	{ 3, "192.0.2.70-192.0.2.80" },
	{ 4, "192.0.2.64/26" },
	{ 3, "192.0.2.60-192.0.2.70" },
	{ 5, "2001:db8::/32" },
	{ 6, "2001:db8:5::/48" },
	{ 1, "example.nl" },
	{ 2, "shop.example.nl" },
	{ 7, "example.nl" },
	{ 8, "example.com" },
	{ 9, "198.51.100.10-198.51.100.19" },
	{ 10, "198.51.100.15-198.51.100.24" },
	{ 11, "203.0.113.7" },
	{ 11, "203.0.113.0/24" },
	{ 11, "www.example.com" },
};

static void specific_assets_win(void **state)
{
	static const struct {
		const char *ip, *domain, *url, *account, *hostname, *want;
	} cases[] = {
		{ .ip = "192.0.2.1", .want = "1:ip" },
		{ .ip = "192.0.2.100", .want = "2:ip 4:ip" },
		{ .ip = "192.0.2.75", .want = "3:ip" },
		{ .ip = "192.0.2.70", .want = "3:ip" },
		{ .ip = "192.0.2.60", .want = "3:ip" },
		{ .ip = "192.0.1.255", .want = "" },
		{ .ip = "192.0.3.0", .want = "" },
		{ .ip = "2001:db8:5::1", .want = "6:ip" },
		{ .ip = "2001:db8:6::1", .want = "5:ip" },
		{ .ip = "2001:db9::", .want = "" },
		{ .ip = "::1", .want = "" },
		{ .ip = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", .want = "" },
		/* same number of addresses, other borders */
		{ .ip = "198.51.100.14", .want = "9:ip" },
		{ .ip = "198.51.100.15", .want = "9:ip 10:ip" },
		{ .ip = "198.51.100.20", .want = "10:ip" },
		{ .domain = "example.nl", .want = "1:domain 7:domain" },
		{ .domain = "a.b.example.nl", .want = "1:domain 7:domain" },
		{ .domain = "x.shop.example.nl", .want = "2:domain" },
		{ .domain = "myexample.nl", .want = "" },
		{ .domain = "nl", .want = "" },
		{ .domain = "example.nl.evil.test", .want = "" },
		{ .url = "https://shop.example.nl/login", .want = "2:url" },
		{ .url = "http://u:p@SHOP.Example.NL:8080", .want = "2:url" },
		{ .url = "http://example.com@shop.example.nl/", .want = "2:url" },
		{ .url = "http://evil.test/?@shop.example.nl", .want = "" },
		{ .url = "http://evil.test#shop.example.nl", .want = "" },
		{ .url = "http://evil.test\\@shop.example.nl", .want = "" },
		{ .url = "http://192.0.2.1/", .want = "1:url" },
		{ .url = "http://[2001:db8:5::2]:443/x", .want = "6:url" },
		{ .url = "http://[2001:db8:5::2", .want = "" },
		{ .url = "http://[]/", .want = "" },
		{ .url = "http:///example.nl", .want = "" },
		{ .url = "://example.nl", .want = "" },
		{ .url = "/login?u=http://example.nl/", .want = "" },
		{ .url = "example.nl", .want = "" },
		{ .account = "jan@example.nl", .want = "1:account 7:account" },
		{ .account = "\"a@example.com\"@shop.example.nl", .want = "2:account" },
		{ .account = "jan", .want = "" },
		{ .account = "jan@", .want = "" },
		{ .hostname = "srv1.example.nl", .want = "1:reverse 7:reverse" },
		/* reverse DNS is a last resort */
		{ .ip = "192.0.2.100", .hostname = "www.example.com", .want = "2:ip 4:ip" },
		{ .ip = "203.0.114.1", .hostname = "www.example.com", .want = "11:reverse" },
		/* several ways at once; a company once, by the first that led to it */
		{ .ip = "192.0.2.1", .domain = "example.nl", .want = "1:ip 7:domain" },
		{ .ip = "192.0.2.1",
		  .url = "http://shop.example.nl",
		  .account = "x@example.com",
		  .want = "1:ip 2:url 8:account" },
		{ .ip = "203.0.113.7",
		  .domain = "www.example.com",
		  .url = "http://203.0.113.7/",
		  .want = "11:ip" },
		{ .want = "" },
	};
	struct match_index *ix = index_of(small_register, ARRAY_SIZE(small_register));
	struct arena a = ARENA_INIT;

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct finding f = blank_finding();
		struct match_result r;

		f.has_ip = cases[i].ip != NULL;
		if (f.has_ip)
			assert_true(ip_parse(&f.ip, cases[i].ip));
		f.domain = cases[i].domain ? cases[i].domain : "";
		f.url = cases[i].url ? cases[i].url : "";
		f.account = cases[i].account ? cases[i].account : "";
		f.hostname = cases[i].hostname ? cases[i].hostname : "";
		match_finding(&r, ix, &f);
		assert_string_equal(owners_text(&a, &r), cases[i].want);
		assert_false(r.truncated);
	}
	arena_clear(&a);
	match_index_free(ix);
}

static void the_asset_named_is_the_first_that_fits(void **state)
{
	struct match_index *ix = index_of(small_register, ARRAY_SIZE(small_register));
	struct finding f = blank_finding();
	struct match_result r;

	UNUSED(state);
	f.has_ip = true;
	assert_true(ip_parse(&f.ip, "192.0.2.70"));
	match_finding(&r, ix, &f);
	assert_int_equal(r.n, 1);
	assert_int_equal(r.owner[0].asset_id, 5);
	assert_true(ip_parse(&f.ip, "203.0.113.7"));
	match_finding(&r, ix, &f);
	assert_int_equal(r.n, 1);
	assert_int_equal(r.owner[0].asset_id, 14);
	match_index_free(ix);
}

static void an_empty_register_owns_nothing(void **state)
{
	struct match_index *ix = match_index_new();
	struct finding f = blank_finding();
	struct match_result r;

	UNUSED(state);
	match_index_seal(ix);
	f.has_ip = true;
	f.domain = "example.nl";
	match_finding(&r, ix, &f);
	assert_int_equal(r.n, 0);
	match_index_free(ix);
	match_index_free(NULL);
}

/* The edges of the address space are borders like any other. */
static void borders_of_the_address_space(void **state)
{
	static const struct line lines[] = {
		{ 1, "::-::5" },
		{ 2, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff0/124" },
		{ 3, "::/0" },
	};
	static const struct { const char *ip; int64_t want;
	} cases[] = {
		{ "::", 1 },
		{ "::5", 1 },
		{ "::6", 3 },
		{ "192.0.2.1", 3 },
		{ "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffef", 3 },
		{ "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 2 },
	};
	struct match_index *ix = index_of(lines, ARRAY_SIZE(lines));

	UNUSED(state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct finding f = blank_finding();
		struct match_result r;

		f.has_ip = true;
		assert_true(ip_parse(&f.ip, cases[i].ip));
		match_finding(&r, ix, &f);
		assert_int_equal(r.n, 1);
		assert_int_equal(r.owner[0].company_id, cases[i].want);
	}
	match_index_free(ix);
}

static void too_many_owners_are_told(void **state)
{
	struct finding f = blank_finding(), g = blank_finding();

	UNUSED(state);
	f.has_ip = true;
	assert_true(ip_parse(&f.ip, "192.0.2.5"));
	g.url = "http://www.example.nl/";
	for (int64_t n = MATCH_OWNERS - 1; n <= MATCH_OWNERS + 1; n++) {
		struct match_index *ix = match_index_new();
		struct match_result r;

		for (int64_t i = 0; i < n; i++) {
			struct line net = { i + 1, "192.0.2.0/29" }, name = { i + 1, "example.nl" };
			struct asset a = asset_of(&net, 2 * i + 1), b = asset_of(&name, 2 * i + 2);

			match_index_add(ix, &a);
			match_index_add(ix, &b);
		}
		match_index_seal(ix);
		match_finding(&r, ix, &f);
		assert_int_equal(r.n, n < MATCH_OWNERS ? n : MATCH_OWNERS);
		assert_int_equal(r.truncated, n > MATCH_OWNERS);
		match_finding(&r, ix, &g);
		assert_int_equal(r.n, n < MATCH_OWNERS ? n : MATCH_OWNERS);
		assert_int_equal(r.truncated, n > MATCH_OWNERS);
		match_index_free(ix);
	}
}

/* ---- random registers against a search that a child would write */

struct dice {
	uint64_t state;
};

static uint32_t roll(struct dice *d, uint32_t below)
{
	d->state = d->state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(d->state >> 33) % below;
}

enum { WORLD_ASSETS = 60, WORLD_ADDRESSES = 64 };

struct world {
	struct asset asset[WORLD_ASSETS];
	size_t n;
	struct arena text;
};

/* Address number i of a small piece of the world, so that ranges overlap all the time. */
static struct ip ip_number(uint32_t i, bool v6)
{
	struct ip ip;

	assert_true(ip_parse(&ip, v6 ? "2001:db8::ffe0" : "192.0.2.224"));
	for (int k = 15; i > 0 && k >= 0; k--) {
		i += ip.b[k];
		ip.b[k] = (uint8_t)i;
		i >>= 8;
	}
	return ip;
}

static const char *random_name(struct arena *a, struct dice *d)
{
	static const char *const labels[] = { "a", "b", "aa", "ba", "xn--a" };
	const char *name = roll(d, 2) ? "nl" : "b";

	for (uint32_t n = 1 + roll(d, 4); n > 0; n--)
		name = arena_printf(a, "%s.%s", labels[roll(d, ARRAY_SIZE(labels))], name);
	return name;
}

static void random_world(struct world *w, struct dice *d)
{
	uint32_t companies = 1 + roll(d, 12);

	w->n = 1 + roll(d, WORLD_ASSETS);
	for (size_t i = 0; i < w->n; i++) {
		struct asset *a = &w->asset[i];
		uint32_t from = roll(d, WORLD_ADDRESSES),
			 n = 1 + roll(d, roll(d, 2) ? 4 : WORLD_ADDRESSES);
		bool v6 = roll(d, 2);

		*a = (struct asset){ .id = (int64_t)i + 1, .company_id = 1 + roll(d, companies) };
		a->kind = roll(d, 2) ? ASSET_NETWORK : ASSET_DOMAIN;
		a->range = (struct ip_range){ ip_number(from, v6), ip_number(from + n - 1, v6) };
		a->text = random_name(&w->text, d);
	}
}

static struct finding random_finding(struct world *w, struct dice *d)
{
	struct finding f = blank_finding();

	f.has_ip = roll(d, 2);
	f.ip = ip_number(roll(d, 2 * WORLD_ADDRESSES), roll(d, 2));
	if (roll(d, 3) == 0)
		f.domain = random_name(&w->text, d);
	if (roll(d, 3) == 0)
		f.account = arena_printf(&w->text, "x@%s", random_name(&w->text, d));
	if (roll(d, 3) == 0)
		f.url = arena_printf(&w->text, "https://%s:8443/", random_name(&w->text, d));
	if (roll(d, 2))
		f.hostname = random_name(&w->text, d);
	return f;
}

/* hi - lo, of ranges that differ in their last four bytes only */
static int64_t distance(const struct ip_range *r)
{
	int64_t d = 0;

	for (int i = 12; i < 16; i++)
		d = d * 256 + r->hi.b[i] - r->lo.b[i];
	return d;
}

/* Smaller is more specific; -1 where a says nothing about the question. */
static int64_t naive_rank(const struct asset *a, const struct ip *ip, const char *name)
{
	if (ip != NULL)
		return a->kind == ASSET_NETWORK && ip_range_contains(&a->range, ip)
			   ? distance(&a->range)
			   : -1;
	return a->kind == ASSET_DOMAIN && domain_is_below(name, a->text)
		   ? 1000 - (int64_t)strlen(a->text)
		   : -1;
}

/* Is a the one to name of its company: of those of equal rank, the lowest first address, then id.
 */
static bool naive_first(const struct asset *a, const struct asset *b)
{
	int c = a->kind == ASSET_NETWORK ? ip_compare(&a->range.lo, &b->range.lo) : 0;

	return c < 0 || (c == 0 && a->id < b->id);
}

static void naive_ask(struct match_result *r, const struct world *w, const struct ip *ip,
		      const char *name, enum match_by by)
{
	int64_t best = INT64_MAX;

	for (size_t i = 0; i < w->n; i++) {
		int64_t rank = naive_rank(&w->asset[i], ip, name);

		if (rank >= 0 && rank < best)
			best = rank;
	}
	for (int64_t company = 1; company <= WORLD_ASSETS; company++) {
		const struct asset *named = NULL;

		for (size_t i = 0; i < w->n; i++) {
			const struct asset *a = &w->asset[i];

			if (a->company_id == company && naive_rank(a, ip, name) == best &&
			    (named == NULL || naive_first(a, named)))
				named = a;
		}
		for (int i = 0; i < r->n; i++)
			if (r->owner[i].company_id == company)
				named = NULL;
		if (named != NULL)
			r->owner[r->n++] = (struct match_owner){ company, named->id, by };
	}
}

static void naive_match(struct match_result *r, const struct world *w, const struct finding *f)
{
	memset(r, 0, sizeof(*r));
	if (f->has_ip)
		naive_ask(r, w, &f->ip, NULL, MATCH_IP);
	if (f->domain[0] != '\0')
		naive_ask(r, w, NULL, f->domain, MATCH_DOMAIN);
	if (f->url[0] != '\0') {
		char host[DOMAIN_TEXT];

		assert_int_equal(sscanf(f->url, "https://%255[^:]", host), 1);
		naive_ask(r, w, NULL, host, MATCH_URL);
	}
	if (f->account[0] != '\0')
		naive_ask(r, w, NULL, f->account + 2, MATCH_ACCOUNT);
	if (r->n == 0 && f->hostname[0] != '\0')
		naive_ask(r, w, NULL, f->hostname, MATCH_REVERSE);
}

static bool same_result(const struct match_result *a, const struct match_result *b)
{
	if (a->n != b->n || a->truncated != b->truncated)
		return false;
	for (int i = 0; i < a->n; i++)
		if (a->owner[i].company_id != b->owner[i].company_id ||
		    a->owner[i].asset_id != b->owner[i].asset_id ||
		    a->owner[i].by != b->owner[i].by)
			return false;
	return true;
}

/* Collects what an explanation calls chosen. */
static void collect_chosen(void *arg, const struct match_owner *o, const char *text, bool chosen,
			   const char *why)
{
	struct match_result *r = arg;

	assert_true(text[0] != '\0' && why[0] != '\0');
	if (chosen)
		r->owner[r->n++] = *o;
}

static bool in_order(const struct match_result *explained, const struct match_result *found)
{
	struct match_result sorted = { .n = 0 };

	/* the explanation goes by size; the result by company */
	for (int i = 0; i < found->n; i++)
		for (int k = 0; k < explained->n; k++)
			if (explained->owner[k].company_id == found->owner[i].company_id)
				sorted.owner[sorted.n++] = explained->owner[k];
	return explained->n == found->n && same_result(&sorted, found);
}

static void random_registers_match_like_a_naive_search(void **state)
{
	UNUSED(state);
	for (uint64_t seed = 1; seed <= 1500; seed++) {
		struct dice d = { seed };
		struct world w = { .text = ARENA_INIT };
		struct match_index *ix = match_index_new();

		random_world(&w, &d);
		for (size_t i = 0; i < w.n; i++)
			match_index_add(ix, &w.asset[i]);
		match_index_seal(ix);
		for (int i = 0; i < 20; i++) {
			struct finding f = random_finding(&w, &d);
			struct match_result got, want, explained = { .n = 0 };

			match_finding(&got, ix, &f);
			naive_match(&want, &w, &f);
			match_explain(ix, &f, collect_chosen, &explained);
			if (!same_result(&got, &want) || !in_order(&explained, &got))
				fail_msg("seed %" PRIu64 ", finding %d: %s, not %s", seed, i,
				         owners_text(&w.text, &got), owners_text(&w.text, &want));
		}
		match_index_free(ix);
		arena_clear(&w.text);
	}
}

/* ---- explanations */

struct told {
	struct arena a;
	const char *text;
};

static void tell(void *arg, const struct match_owner *o, const char *text, bool chosen,
		 const char *why)
{
	struct told *t = arg;

	t->text = arena_printf(&t->a, "%s%c%" PRId64 " %s %s: %s\n", t->text, chosen ? '+' : '-',
			       o->company_id, word_of(match_by_words, (int)o->by), text, why);
}

static void explanations_name_each_candidate(void **state)
{
	struct match_index *ix = index_of(small_register, ARRAY_SIZE(small_register));
	struct finding f = blank_finding();
	struct told t = { ARENA_INIT, "" };

	UNUSED(state);
	f.has_ip = true;
	assert_true(ip_parse(&f.ip, "192.0.2.70"));
	f.url = "https://www.shop.example.nl/";
	f.hostname = "www.example.com";
	match_explain(ix, &f, tell, &t);
	assert_string_equal(
	    t.text,
	    "+3 ip 192.0.2.60-192.0.2.70: the smallest network that holds the address\n"
	    "-3 ip 192.0.2.70-192.0.2.80: the company is named already\n"
	    "-2 ip 192.0.2.64/26: a smaller network holds the address\n"
	    "-4 ip 192.0.2.64/26: a smaller network holds the address\n"
	    "-1 ip 192.0.2.0/24: a smaller network holds the address\n"
	    "+2 url shop.example.nl: the longest domain that the name ends in\n"
	    "-1 url example.nl: the name ends in a longer domain\n"
	    "-7 url example.nl: the name ends in a longer domain\n"
	    "-11 reverse www.example.com: reverse DNS is asked only where nothing else matches\n"
	    "-8 reverse example.com: reverse DNS is asked only where nothing else matches\n");
	arena_clear(&t.a);
	match_index_free(ix);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(specific_assets_win),
		cmocka_unit_test(the_asset_named_is_the_first_that_fits),
		cmocka_unit_test(an_empty_register_owns_nothing),
		cmocka_unit_test(borders_of_the_address_space),
		cmocka_unit_test(too_many_owners_are_told),
		cmocka_unit_test(random_registers_match_like_a_naive_search),
		cmocka_unit_test(explanations_name_each_candidate),
	};

	return cmocka_run_group_tests_name("match", tests, NULL, NULL);
}
