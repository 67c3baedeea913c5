-- How people are found by name: 0 through the plaintext index beside the register, 1 in the server's memory.
ALTER TABLE instance ADD COLUMN search_mode INTEGER NOT NULL DEFAULT 0 CHECK (search_mode IN (0, 1));

-- How far the resealing of a table under the active key has come.
CREATE TABLE resealing (
    table_name TEXT PRIMARY KEY,
    after_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When the holder last entered their password in this session; null where it was reopened without one.
ALTER TABLE session ADD COLUMN password_at INTEGER;

-- Whose records the events of the journal are about, lists unpacked: filled in batches behind the journal, up to the event
-- that the watermark 'event_of_person' names.
CREATE TABLE event_of_person (
    person_id INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    PRIMARY KEY (person_id, event_id)
) STRICT, WITHOUT ROWID;

-- What people agreed to or declined. Nothing that was said is ever changed; erasure may take away who said it.
CREATE TABLE legal_document (
    type TEXT NOT NULL,
    version TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (type, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    subject_uuid BLOB,
    email_hash BLOB,
    fingerprint_hash BLOB,
    ip_fingerprint BLOB,
    consent_type TEXT NOT NULL,
    consent_version TEXT NOT NULL,
    accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
    choices BLOB,
    row_seal BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX consent_by_subject ON consent (subject_uuid) WHERE subject_uuid IS NOT NULL;
CREATE INDEX consent_by_email ON consent (email_hash) WHERE email_hash IS NOT NULL;
CREATE TRIGGER consent_is_never_changed BEFORE UPDATE OF id, uuid, consent_type, consent_version, accepted, created_at ON consent
BEGIN SELECT RAISE(ABORT, 'consents are append-only'); END;
CREATE TRIGGER consent_is_never_removed BEFORE DELETE ON consent
BEGIN SELECT RAISE(ABORT, 'consents are append-only'); END;

-- Who was given a subject access report, and why: the reports themselves are not kept.
CREATE TABLE disclosure (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    person_id INTEGER NOT NULL,
    account_id INTEGER,
    format TEXT NOT NULL,
    with_checked INTEGER NOT NULL CHECK (with_checked IN (0, 1)),
    reason BLOB,
    row_seal BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX disclosure_by_person ON disclosure (person_id);
CREATE INDEX disclosure_by_account ON disclosure (account_id, created_at) WHERE account_id IS NOT NULL;

-- Why a person's records must stay whatever the rules say.
CREATE TABLE legal_hold (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    reason BLOB NOT NULL,
    placed_by INTEGER,
    placed_at INTEGER NOT NULL,
    lifted_by INTEGER,
    lifted_at INTEGER,
    row_seal BLOB NOT NULL
) STRICT;
CREATE INDEX legal_hold_by_person ON legal_hold (person_id);

-- What was erased on request, on which ground of Article 17(1) UK GDPR, and what had to stay and why.
CREATE TABLE erasure (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    person_id INTEGER NOT NULL,
    ground TEXT NOT NULL,
    requested_on INTEGER NOT NULL,
    account_id INTEGER,
    erased TEXT NOT NULL,
    kept TEXT NOT NULL,
    carried_out_at INTEGER NOT NULL
) STRICT;
CREATE INDEX erasure_by_person ON erasure (person_id);

-- How long what is kept, from which event, and why. A landlord changes the months; the events are the program's.
CREATE TABLE retention_rule (
    what TEXT PRIMARY KEY,
    since TEXT NOT NULL,
    months INTEGER NOT NULL CHECK (months > 0),
    why TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO retention_rule (what, since, months, why, updated_at) VALUES
    ('person', 'end of the last occupancy and tenancy, or the last entry about them', 72,
     'Limitation Act 1980, sections 2 and 5: claims from the tenancy can be brought for six years', 0),
    ('tenancy', 'end of the tenancy', 72,
     'Limitation Act 1980, sections 5 and 19: rent and other claims from the agreement can be brought for six years', 0),
    ('job', 'closing of the job', 72,
     'Limitation Act 1980, sections 2 and 5: claims about repairs can be brought for six years', 0),
    ('interaction', 'closing of the case', 72,
     'Limitation Act 1980, sections 2 and 5: what was said is evidence as long as claims can be brought', 0),
    ('citizen', 'last change of the entry', 24,
     'UK GDPR Article 5(1)(e): an index entry of somebody who is no tenant serves no purpose once nobody confirms it', 0);

CREATE TABLE retention_proposal (
    id INTEGER PRIMARY KEY,
    what TEXT NOT NULL REFERENCES retention_rule (what),
    record_id INTEGER NOT NULL,
    due_on INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
    proposed_at INTEGER NOT NULL,
    decided_by INTEGER,
    decided_at INTEGER,
    finished_at INTEGER,
    outcome TEXT
) STRICT;
CREATE UNIQUE INDEX retention_proposal_open ON retention_proposal (what, record_id) WHERE state IN (0, 1);
CREATE INDEX retention_proposal_by_record ON retention_proposal (what, record_id);
CREATE INDEX retention_proposal_by_state ON retention_proposal (state, id);

-- A household goes when nothing refers to it any more.
CREATE INDEX incident_by_household ON incident (household_id) WHERE household_id IS NOT NULL;
CREATE INDEX interaction_by_household ON interaction (household_id) WHERE household_id IS NOT NULL;

-- What the jobs API says of a job. Money is pence, the rate hundredths of a percent, dates are days since 1970-01-01.
ALTER TABLE job ADD COLUMN priority_id INTEGER;
ALTER TABLE job ADD COLUMN job_type_id INTEGER;
ALTER TABLE job ADD COLUMN agent_id INTEGER;
ALTER TABLE job ADD COLUMN contractor_id INTEGER;
ALTER TABLE job ADD COLUMN created_by INTEGER;
ALTER TABLE job ADD COLUMN total_budget INTEGER;
ALTER TABLE job ADD COLUMN contractor_budget INTEGER;
ALTER TABLE job ADD COLUMN vat_percentage INTEGER;
ALTER TABLE job ADD COLUMN works_start_on INTEGER;
ALTER TABLE job ADD COLUMN works_end_on INTEGER;
ALTER TABLE job ADD COLUMN invoice_no TEXT;
ALTER TABLE job ADD COLUMN quote_no TEXT;
ALTER TABLE job ADD COLUMN works_order_ref TEXT;
ALTER TABLE job ADD COLUMN access_details BLOB;
ALTER TABLE job ADD COLUMN private_contact_name BLOB;
ALTER TABLE job ADD COLUMN private_contact_email BLOB;
ALTER TABLE job ADD COLUMN is_pinned INTEGER NOT NULL DEFAULT 0 CHECK (is_pinned IN (0, 1));
ALTER TABLE case_note ADD COLUMN send_email INTEGER NOT NULL DEFAULT 0 CHECK (send_email IN (0, 1));

INSERT INTO sequence (name, next) VALUES
    ('consent', 1), ('disclosure', 1), ('legal_hold', 1), ('erasure', 1), ('retention_proposal', 1);

INSERT INTO role_permission (role_id, permission)
SELECT r.id, p.column1
FROM role r, (VALUES
    ('api.jobs.manage.list'), ('api.jobs.manage.manage'), ('api.jobs.case_notes.manage')) p
WHERE r.name IN ('service', 'admin', 'manager', 'officer');
INSERT INTO role_permission (role_id, permission)
SELECT r.id, 'api.jobs.manage.list' FROM role r WHERE r.name IN ('records', 'viewer');
INSERT INTO role_permission (role_id, permission)
SELECT r.id, p.column1
FROM role r, (VALUES
    ('api.tenants.gdpr_report.view'), ('api.tenants.erasure.manage'), ('api.admin.retention.manage')) p
WHERE r.name IN ('admin', 'records');
