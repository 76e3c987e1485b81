-- What is written for every mail: no more trees than are looked into.  @CLUSTERED@ is the driver's.

DROP INDEX warning_event_at;

-- A company is forgotten by hand, one at a time.
DROP INDEX warning_company;

-- Most mails are claimed as they are added, and are found through mail_leased until their result.
DROP INDEX mail_state;
CREATE INDEX mail_state ON mail (state, state_at, id) WHERE state <> 'in_flight';

-- Warnings end with their company, and so do these rows: a reference to the warning guards nothing
-- more, and asks for an index by warning.  A warning's rows are those of its company and incident.
CREATE TABLE finding_owner_new (
	incident_id BIGINT NOT NULL,
	company_id BIGINT NOT NULL REFERENCES company (id) ON DELETE CASCADE,
	finding_id BIGINT NOT NULL REFERENCES finding (id) ON DELETE CASCADE,
	asset_id BIGINT NOT NULL,
	matched_by TEXT NOT NULL,
	warning_id BIGINT,
	PRIMARY KEY (company_id, incident_id, finding_id)
) @CLUSTERED@;
INSERT INTO finding_owner_new
	(incident_id, company_id, finding_id, asset_id, matched_by, warning_id)
	SELECT incident_id, company_id, finding_id, asset_id, matched_by, warning_id
	FROM finding_owner ORDER BY company_id, incident_id, finding_id;
DROP TABLE finding_owner;
ALTER TABLE finding_owner_new RENAME TO finding_owner;
CREATE INDEX finding_owner_finding ON finding_owner (finding_id);
CREATE INDEX finding_owner_open ON finding_owner (incident_id, company_id, finding_id)
	WHERE warning_id IS NULL;

CREATE TABLE warning_event_new (
	warning_id BIGINT NOT NULL REFERENCES warning (id) ON DELETE CASCADE,
	id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	from_state TEXT NOT NULL,
	to_state TEXT NOT NULL,
	reason TEXT NOT NULL,
	evidence TEXT NOT NULL,
	inbox_id BIGINT,
	PRIMARY KEY (warning_id, id)
) @CLUSTERED@;
INSERT INTO warning_event_new
	(warning_id, id, at, from_state, to_state, reason, evidence, inbox_id)
	SELECT warning_id, id, at, from_state, to_state, reason, evidence, inbox_id
	FROM warning_event ORDER BY warning_id, id;
DROP TABLE warning_event;
ALTER TABLE warning_event_new RENAME TO warning_event;

-- Committed before the first byte goes out; ended when the answer is known.
CREATE TABLE attempt_new (
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
	PRIMARY KEY (mail_id, lease_no)
) @CLUSTERED@;
INSERT INTO attempt_new
	(mail_id, lease_no, route, started_at, ended_at, outcome, stage, code, status, text)
	SELECT mail_id, lease_no, route, started_at, ended_at, outcome, stage, code, status, text
	FROM attempt ORDER BY mail_id, lease_no;
DROP TABLE attempt;
ALTER TABLE attempt_new RENAME TO attempt;
