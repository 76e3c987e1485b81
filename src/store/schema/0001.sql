-- The first schema.  @ID@ and @BYTES@ are the driver's types.  Times are UTC seconds; states are words.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);

-- Ids are node number << 40 | counter, handed out in blocks.
CREATE TABLE node (node_no @ID@ PRIMARY KEY, next_id BIGINT NOT NULL);

CREATE TABLE company (
	id @ID@ PRIMARY KEY,
	ref TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	status TEXT NOT NULL,
	language TEXT NOT NULL,
	vital BIGINT NOT NULL,
	partner TEXT NOT NULL,
	changed_at BIGINT NOT NULL
);

CREATE TABLE contact (
	id @ID@ PRIMARY KEY,
	company_id BIGINT NOT NULL REFERENCES company (id) ON DELETE CASCADE,
	kind TEXT NOT NULL,
	value TEXT NOT NULL,
	domain TEXT NOT NULL,
	name TEXT NOT NULL,
	role TEXT NOT NULL,
	rank BIGINT NOT NULL,
	source TEXT NOT NULL,
	source_date BIGINT NOT NULL,
	language TEXT NOT NULL,
	pgp TEXT NOT NULL,
	state TEXT NOT NULL,
	score BIGINT NOT NULL,
	score_at BIGINT NOT NULL,
	state_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	UNIQUE (company_id, kind, value)
);
CREATE INDEX contact_domain ON contact (domain, kind);

-- Every change of a contact's state, with why and what showed it.
CREATE TABLE contact_event (
	id @ID@ PRIMARY KEY,
	contact_id BIGINT NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
	at BIGINT NOT NULL,
	from_state TEXT NOT NULL,
	to_state TEXT NOT NULL,
	reason TEXT NOT NULL,
	evidence TEXT NOT NULL,
	inbox_id BIGINT
);
CREATE INDEX contact_event_contact ON contact_event (contact_id, id);

CREATE TABLE asset (
	id @ID@ PRIMARY KEY,
	company_id BIGINT NOT NULL REFERENCES company (id) ON DELETE CASCADE,
	kind TEXT NOT NULL,
	value TEXT NOT NULL,
	changed_at BIGINT NOT NULL,
	UNIQUE (company_id, kind, value)
);

CREATE TABLE incident (
	id @ID@ PRIMARY KEY,
	slug TEXT NOT NULL UNIQUE,
	title TEXT NOT NULL,
	advice TEXT NOT NULL,
	tlp TEXT NOT NULL,
	severity TEXT NOT NULL,
	deadline_days BIGINT NOT NULL,
	state TEXT NOT NULL,
	opened_at BIGINT NOT NULL,
	closed_at BIGINT NOT NULL
);
CREATE INDEX incident_state ON incident (state, id);

CREATE TABLE finding (
	id @ID@ PRIMARY KEY,
	incident_id BIGINT NOT NULL REFERENCES incident (id),
	identity TEXT NOT NULL UNIQUE,
	seen_at BIGINT NOT NULL,
	received_at BIGINT NOT NULL,
	source_type TEXT NOT NULL,
	feed TEXT NOT NULL,
	advice TEXT NOT NULL,
	compromised BIGINT NOT NULL,
	ip TEXT NOT NULL,
	port BIGINT NOT NULL,
	transport TEXT NOT NULL,
	application TEXT NOT NULL,
	domain TEXT NOT NULL,
	hostname TEXT NOT NULL,
	url TEXT NOT NULL,
	account TEXT NOT NULL,
	identifier TEXT NOT NULL,
	cve TEXT NOT NULL,
	product TEXT NOT NULL,
	tlp TEXT NOT NULL,
	severity TEXT NOT NULL,
	extra TEXT NOT NULL,
	state TEXT NOT NULL
);
CREATE INDEX finding_state ON finding (incident_id, state, id);

CREATE TABLE warning (
	id @ID@ PRIMARY KEY,
	incident_id BIGINT NOT NULL REFERENCES incident (id),
	company_id BIGINT NOT NULL REFERENCES company (id) ON DELETE CASCADE,
	ref TEXT NOT NULL UNIQUE,
	state TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	deadline_at BIGINT NOT NULL,
	state_at BIGINT NOT NULL,
	todo TEXT NOT NULL, -- '' or 'next_contact': work for the one who can sign
	UNIQUE (incident_id, company_id)
);
CREATE INDEX warning_company ON warning (company_id);
CREATE INDEX warning_deadline ON warning (deadline_at) WHERE state = 'sent';
CREATE INDEX warning_todo ON warning (id) WHERE todo <> '';

CREATE TABLE finding_owner (
	incident_id BIGINT NOT NULL,
	company_id BIGINT NOT NULL REFERENCES company (id) ON DELETE CASCADE,
	finding_id BIGINT NOT NULL REFERENCES finding (id) ON DELETE CASCADE,
	asset_id BIGINT NOT NULL,
	matched_by TEXT NOT NULL,
	warning_id BIGINT REFERENCES warning (id) ON DELETE CASCADE,
	PRIMARY KEY (incident_id, company_id, finding_id)
);
CREATE INDEX finding_owner_finding ON finding_owner (finding_id);
CREATE INDEX finding_owner_warning ON finding_owner (warning_id);
CREATE INDEX finding_owner_open ON finding_owner (incident_id, company_id) WHERE warning_id IS NULL;

CREATE TABLE warning_event (
	id @ID@ PRIMARY KEY,
	warning_id BIGINT NOT NULL REFERENCES warning (id) ON DELETE CASCADE,
	at BIGINT NOT NULL,
	from_state TEXT NOT NULL,
	to_state TEXT NOT NULL,
	reason TEXT NOT NULL,
	evidence TEXT NOT NULL,
	inbox_id BIGINT
);
CREATE INDEX warning_event_warning ON warning_event (warning_id, id);
CREATE INDEX warning_event_at ON warning_event (to_state, at);

-- One mail of a warning to one contact.  Bytes, Message-ID and envelope never change.
CREATE TABLE mail (
	id @ID@ PRIMARY KEY,
	warning_id BIGINT NOT NULL REFERENCES warning (id) ON DELETE CASCADE,
	contact_id BIGINT NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
	env_from TEXT NOT NULL,
	env_to TEXT NOT NULL,
	message_id TEXT NOT NULL UNIQUE,
	envid TEXT NOT NULL,
	state TEXT NOT NULL,
	state_at BIGINT NOT NULL,
	priority BIGINT NOT NULL,
	attempts BIGINT NOT NULL,
	next_try BIGINT NOT NULL,
	give_up_at BIGINT NOT NULL,
	lease_no BIGINT NOT NULL,
	lease_until BIGINT NOT NULL,
	lease_owner TEXT NOT NULL,
	code BIGINT NOT NULL,
	status TEXT NOT NULL,
	text TEXT NOT NULL,
	created_at BIGINT NOT NULL
);
CREATE INDEX mail_due ON mail (priority, next_try, id) WHERE state IN ('ready', 'deferred');
CREATE INDEX mail_give_up ON mail (state, give_up_at) WHERE state IN ('ready', 'deferred');
CREATE INDEX mail_leased ON mail (lease_until) WHERE state = 'in_flight';
CREATE INDEX mail_warning ON mail (warning_id);
CREATE INDEX mail_contact ON mail (contact_id);
CREATE INDEX mail_state ON mail (state, state_at, id);

CREATE TABLE mail_body (
	mail_id @ID@ PRIMARY KEY REFERENCES mail (id) ON DELETE CASCADE,
	bytes @BYTES@ NOT NULL
);

-- Committed before the first byte goes out; ended when the answer is known.
CREATE TABLE attempt (
	id @ID@ PRIMARY KEY,
	mail_id BIGINT NOT NULL REFERENCES mail (id) ON DELETE CASCADE,
	lease_no BIGINT NOT NULL,
	route TEXT NOT NULL,
	started_at BIGINT NOT NULL,
	ended_at BIGINT,
	outcome TEXT NOT NULL,
	stage TEXT NOT NULL,
	code BIGINT NOT NULL,
	status TEXT NOT NULL,
	text TEXT NOT NULL,
	UNIQUE (mail_id, lease_no)
);

-- What people and circuit breakers said about a route: paused until somebody resumes it, or until a time.
CREATE TABLE route (
	name TEXT PRIMARY KEY,
	paused BIGINT NOT NULL,
	paused_until BIGINT NOT NULL,
	reason TEXT NOT NULL,
	changed_at BIGINT NOT NULL,
	change_no BIGINT NOT NULL -- counts changes, so that a sender sees one within the same second
);

CREATE TABLE inbox (
	id @ID@ PRIMARY KEY,
	source TEXT NOT NULL,
	uid TEXT NOT NULL,
	digest TEXT NOT NULL UNIQUE,
	received_at BIGINT NOT NULL,
	size BIGINT NOT NULL,
	state TEXT NOT NULL, -- raw, judged
	review BIGINT NOT NULL, -- 1: a person should look
	review_reason TEXT NOT NULL,
	kind TEXT NOT NULL,
	answer TEXT NOT NULL,
	reason TEXT NOT NULL,
	trust TEXT NOT NULL, -- how it was linked: return_path, reply, message_id, reference, none
	mail_id BIGINT,
	warning_id BIGINT,
	from_address TEXT NOT NULL,
	subject TEXT NOT NULL,
	excerpt TEXT NOT NULL,
	evidence TEXT NOT NULL,
	proposed TEXT NOT NULL,
	ticket TEXT NOT NULL
);
CREATE INDEX inbox_source ON inbox (source, uid);
CREATE INDEX inbox_raw ON inbox (id) WHERE state = 'raw';
CREATE INDEX inbox_review ON inbox (id) WHERE review = 1;
CREATE INDEX inbox_mail ON inbox (mail_id);
CREATE INDEX inbox_warning ON inbox (warning_id);

CREATE TABLE inbox_body (
	inbox_id @ID@ PRIMARY KEY REFERENCES inbox (id) ON DELETE CASCADE,
	bytes @BYTES@ NOT NULL
);

-- What a person has to do by telephone, or hand over.
CREATE TABLE call_item (
	id @ID@ PRIMARY KEY,
	warning_id BIGINT NOT NULL UNIQUE REFERENCES warning (id) ON DELETE CASCADE,
	reason TEXT NOT NULL, -- no_contact, contacts_dead, call_me, vital
	state TEXT NOT NULL, -- open, done
	created_at BIGINT NOT NULL,
	done_at BIGINT NOT NULL,
	outcome TEXT NOT NULL
);
CREATE INDEX call_item_state ON call_item (state, id);

CREATE TABLE counter (name TEXT PRIMARY KEY, value BIGINT NOT NULL);
