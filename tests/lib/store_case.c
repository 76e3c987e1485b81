/*
 * store_case: a store in a scratch folder, and rows to fill it with.
 */
#include "test.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sample_finding.h"
#include "store_case.h"
#include "store_finding.h"
#include "store_mail.h"
#include "store_register.h"
#include "store_warning.h"

int store_case_setup(void **state)
{
	struct store_case *c = xcalloc(1, sizeof(*c));

	snprintf(c->folder, sizeof(c->folder), "/tmp/seinpost-store-XXXXXX");
	if (mkdtemp(c->folder) == NULL)
		return -1;
	snprintf(c->path, sizeof(c->path), "%s/store.db", c->folder);
	*state = c;
	MUST(c, store_open(&c->store, c->path, STORE_CREATE, 1, &c->e));
	return 0;
}

static void remove_folder(const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *entry;

	if (d == NULL)
		return;
	while ((entry = readdir(d)) != NULL)
		if (entry->d_name[0] != '.')
			unlinkat(dirfd(d), entry->d_name, 0);
	closedir(d);
	rmdir(folder);
}

int store_case_teardown(void **state)
{
	struct store_case *c = *state;

	store_close(c->store);
	arena_clear(&c->arena);
	remove_folder(c->folder);
	free(c);
	return 0;
}

void store_case_must(struct store_case *c, int rc, int want, const char *call, const char *file,
                     int line)
{
	if (rc != want) {
		print_error("%s\n  gave %d, not %d: %s\n", call, rc, want, rc < 0 ? c->e.text : "");
		_fail(file, line);
	}
	c->e = (struct err)ERR_INIT;
}

void case_begin(struct store_case *c)
{
	MUST(c, store_begin(c->store, &c->e));
}

void case_commit(struct store_case *c)
{
	MUST(c, store_commit(c->store, &c->e));
}

int64_t case_company(struct store_case *c, const char *ref, enum company_status status)
{
	struct company k = { .ref = ref, .name = ref, .status = status, .partner = "" };
	enum put_result what;

	MUST(c, store_company_put(c->store, &k, 0, CASE_NOW, &what, &c->e));
	return k.id;
}

int64_t case_contact(struct store_case *c, int64_t company_id, enum contact_kind kind,
                     const char *value, int rank)
{
	struct contact k = { .company_id = company_id,
		             .kind = kind,
		             .value = value,
		             .name = "",
		             .role = "",
		             .rank = rank,
		             .source = "register",
		             .language = "",
		             .pgp = "" };
	enum put_result what;

	MUST(c, store_contact_put(c->store, &k, 0, CASE_NOW, &what, &c->e));
	return k.id;
}

int64_t case_incident(struct store_case *c, const char *slug, enum severity severity)
{
	struct incident in = { .slug = slug,
		               .title = slug,
		               .advice = "generic",
		               .severity = severity,
		               .deadline_days = 14,
		               .opened_at = CASE_NOW };

	MUST(c, store_incident_add(c->store, &in, &c->e));
	return in.id;
}

int64_t case_finding(struct store_case *c, int64_t incident_id, const char *ip)
{
	struct finding f = sample_finding();
	char identity[80];
	bool is_new;

	f.incident_id = incident_id;
	f.seen_at = CASE_NOW;
	assert_true(ip_parse(&f.ip, ip));
	snprintf(identity, sizeof(identity), "%" PRId64 " %s", incident_id, ip);
	MUST(c, store_finding_add(c->store, &f, identity, "{}", CASE_NOW, &is_new, &c->e));
	assert_true(is_new);
	return f.id;
}

void case_owner(struct store_case *c, int64_t incident_id, int64_t finding_id, int64_t company_id)
{
	struct finding f = { .id = finding_id, .incident_id = incident_id };

	MUST(c, store_finding_add_owner(c->store, &f, company_id, 0, "network", &c->e));
	MUST(c, store_finding_set_state(c->store, finding_id, FINDING_MATCHED, &c->e));
}

int64_t case_warning(struct store_case *c, int64_t incident_id, int64_t company_id, const char *ref)
{
	struct warning w = { .incident_id = incident_id,
		             .company_id = company_id,
		             .ref = ref,
		             .state = WARNING_QUEUED,
		             .created_at = CASE_NOW,
		             .deadline_at = CASE_NOW + 14 * 86400 };

	MUST(c, store_warning_add(c->store, &w, &c->e));
	return w.id;
}

int64_t case_mail(struct store_case *c, int64_t warning_id, int64_t contact_id, int priority,
                  int64_t next_try)
{
	struct delivery d = { .warning_id = warning_id,
		              .contact_id = contact_id,
		              .env_from = "bounces@example.nl",
		              .env_to = "info@example.nl",
		              .envid = "",
		              .bytes = "Subject: x\r\n\r\ny\r\n",
		              .len = 17,
		              .priority = priority,
		              .next_try = next_try,
		              .give_up_at = CASE_NOW + 86400 };
	char message_id[64];

	MUST(c, store_new_id(c->store, &d.id, &c->e));
	snprintf(message_id, sizeof(message_id), "%" PRId64 "@example.nl", d.id);
	d.message_id = message_id;
	MUST(c, store_mail_add(c->store, &d, CASE_NOW, &c->e));
	return d.id;
}

enum mail_state case_mail_state(struct store_case *c, int64_t id)
{
	struct mail_row m;

	MUST(c, store_mail_get(c->store, &c->arena, &m, id, &c->e));
	return m.state;
}

enum finding_state case_finding_state(struct store_case *c, int64_t id)
{
	struct finding f;
	const char *extra;

	MUST(c, store_finding_get(c->store, &c->arena, &f, &extra, id, &c->e));
	return f.state;
}
