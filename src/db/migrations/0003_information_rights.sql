-- How people are found by name: 0 through the plaintext index beside the register, 1 in the server's memory.
ALTER TABLE instance ADD COLUMN search_mode INTEGER NOT NULL DEFAULT 0 CHECK (search_mode IN (0, 1));

-- Where somebody of the citizen index lives is sealed from now on. What earlier versions had in clear waits here until the
-- register is next opened with its keys, which seals it and empties this table for good.
CREATE TABLE citizen_in_clear (
    citizen_id INTEGER PRIMARY KEY,
    address_line_1 TEXT,
    address_line_2 TEXT,
    address_line_3 TEXT,
    city TEXT,
    postcode TEXT
) STRICT;
INSERT INTO citizen_in_clear (citizen_id, address_line_1, address_line_2, address_line_3, city, postcode)
SELECT id, address_line_1, address_line_2, address_line_3, city, postcode FROM citizen;

-- New tables in the place of the old ones, for only what is dropped as a whole leaves no trace in any page.
CREATE TABLE citizen_kept AS
SELECT id, uuid, version, usn, uprn, larn, person_uuid, hackney_homes_id, name, date_of_birth, row_seal, created_at, updated_at
FROM citizen;
CREATE TABLE citizen_text_kept AS SELECT citizen_id, name, address FROM citizen_text;
DROP TABLE citizen_text_trigram;
DROP TABLE citizen_text;
DROP TABLE citizen;

CREATE TABLE citizen (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    usn TEXT UNIQUE,
    uprn INTEGER,
    larn TEXT,
    person_uuid BLOB,
    hackney_homes_id TEXT,
    name BLOB NOT NULL,
    date_of_birth BLOB,
    address_line_1 BLOB,
    address_line_2 BLOB,
    address_line_3 BLOB,
    city BLOB,
    postcode BLOB,
    row_seal BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX citizen_by_person ON citizen (person_uuid) WHERE person_uuid IS NOT NULL;
INSERT INTO citizen (id, uuid, version, usn, uprn, larn, person_uuid, hackney_homes_id, name, date_of_birth, row_seal, created_at,
                     updated_at)
SELECT id, uuid, version, usn, uprn, larn, person_uuid, hackney_homes_id, name, date_of_birth, row_seal, created_at, updated_at
FROM citizen_kept;
DROP TABLE citizen_kept;

-- Folded names, and folded addresses with their postcode, and the trigrams that both are found by.
CREATE TABLE citizen_text (
    citizen_id INTEGER PRIMARY KEY REFERENCES citizen (id),
    name TEXT NOT NULL,
    address TEXT NOT NULL
) STRICT;
INSERT INTO citizen_text (citizen_id, name, address) SELECT citizen_id, name, address FROM citizen_text_kept;
DROP TABLE citizen_text_kept;
CREATE VIRTUAL TABLE citizen_text_trigram USING fts5(
    name, address, content='citizen_text', content_rowid='citizen_id', tokenize='trigram case_sensitive 1', detail='none',
    columnsize=0);
INSERT INTO citizen_text_trigram (citizen_text_trigram) VALUES ('rebuild');

CREATE TRIGGER citizen_text_is_indexed AFTER INSERT ON citizen_text
BEGIN INSERT INTO citizen_text_trigram (rowid, name, address) VALUES (new.citizen_id, new.name, new.address); END;
CREATE TRIGGER citizen_text_is_indexed_anew AFTER UPDATE ON citizen_text
BEGIN
    INSERT INTO citizen_text_trigram (citizen_text_trigram, rowid, name, address)
    VALUES ('delete', old.citizen_id, old.name, old.address);
    INSERT INTO citizen_text_trigram (rowid, name, address) VALUES (new.citizen_id, new.name, new.address);
END;

-- In mode memory no name gets into the plaintext index, whatever statement tries; both tables are emptied under it, and their
-- trigrams as a whole after them.
CREATE TRIGGER person_name_stays_empty BEFORE INSERT ON person_name WHEN (SELECT search_mode FROM instance) = 1
BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER citizen_text_stays_empty BEFORE INSERT ON citizen_text WHEN (SELECT search_mode FROM instance) = 1
BEGIN SELECT RAISE(IGNORE); END;
DROP TRIGGER person_name_leaves_the_index;
CREATE TRIGGER person_name_leaves_the_index AFTER DELETE ON person_name WHEN (SELECT search_mode FROM instance) IS NOT 1
BEGIN INSERT INTO person_name_trigram (person_name_trigram, rowid, folded) VALUES ('delete', old.person_id, old.folded); END;
CREATE TRIGGER citizen_text_leaves_the_index AFTER DELETE ON citizen_text WHEN (SELECT search_mode FROM instance) IS NOT 1
BEGIN
    INSERT INTO citizen_text_trigram (citizen_text_trigram, rowid, name, address)
    VALUES ('delete', old.citizen_id, old.name, old.address);
END;

-- In mode memory: whose names (and addresses, of citizens) changed, in the order of the commits. A search reads what it has
-- not seen yet, so that what it keeps in memory is what its snapshot holds. All but the last row may go once they were read.
CREATE TABLE name_change (
    seq INTEGER PRIMARY KEY,
    person_id INTEGER,
    citizen_id INTEGER
) STRICT;
CREATE TRIGGER person_insert_is_noted AFTER INSERT ON person WHEN (SELECT search_mode FROM instance) = 1
BEGIN INSERT INTO name_change (person_id) VALUES (new.id); END;
CREATE TRIGGER person_update_is_noted AFTER UPDATE OF name ON person WHEN (SELECT search_mode FROM instance) = 1
BEGIN INSERT INTO name_change (person_id) VALUES (new.id); END;
CREATE TRIGGER person_delete_is_noted AFTER DELETE ON person WHEN (SELECT search_mode FROM instance) = 1
BEGIN INSERT INTO name_change (person_id) VALUES (old.id); END;
CREATE TRIGGER citizen_insert_is_noted AFTER INSERT ON citizen WHEN (SELECT search_mode FROM instance) = 1
BEGIN INSERT INTO name_change (citizen_id) VALUES (new.id); END;
CREATE TRIGGER citizen_update_is_noted AFTER UPDATE ON citizen WHEN (SELECT search_mode FROM instance) = 1
BEGIN INSERT INTO name_change (citizen_id) VALUES (new.id); END;
CREATE TRIGGER citizen_delete_is_noted AFTER DELETE ON citizen WHEN (SELECT search_mode FROM instance) = 1
BEGIN INSERT INTO name_change (citizen_id) VALUES (old.id); END;

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
CREATE INDEX job_in_order ON job (is_pinned, id);
CREATE INDEX job_by_creator ON job (created_by) WHERE created_by IS NOT NULL;

-- What the numbers of a job mean. The labels are the landlord's, who may have lists of these names already; what ends a job
-- is told by the numbers 5 to 7 (register/sql/job/count_active_of_person.sql).
INSERT INTO code (list, code, label) VALUES
    ('job_status', '1', 'Open'), ('job_status', '2', 'New'), ('job_status', '3', 'Assigned'), ('job_status', '4', 'In progress'),
    ('job_status', '5', 'Complete'), ('job_status', '6', 'Closed'), ('job_status', '7', 'Archived'), ('job_status', '8', 'Recalled'),
    ('job_status', '9', 'Invoiced'),
    ('job_priority', '1', 'Emergency'), ('job_priority', '2', 'Urgent'), ('job_priority', '3', 'Routine'),
    ('job_priority', '4', 'Planned'),
    ('job_type', '1', 'Repair'), ('job_type', '2', 'Void works'), ('job_type', '3', 'Inspection'),
    ('job_type', '4', 'Safety check'), ('job_type', '5', 'Planned works')
ON CONFLICT (list, code) DO NOTHING;

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

-- The number of the next key. Every number below it was a key's, and its row stays, so a key that is missing can be named.
INSERT INTO sequence (name, next) SELECT 'data_key', coalesce(max(id), 5) + 1 FROM data_key;
-- Rows without a sealed column get a seal too. Null: the row is from before, and is sealed when the instance is next opened;
-- the watermark 'row_seals' and the journal say when that was done, and a null after it is damage.
ALTER TABLE tenancy ADD COLUMN row_seal BLOB;
ALTER TABLE property ADD COLUMN row_seal BLOB;
ALTER TABLE occupancy ADD COLUMN row_seal BLOB;
ALTER TABLE officer ADD COLUMN row_seal BLOB;
ALTER TABLE patch ADD COLUMN row_seal BLOB;
ALTER TABLE manager_area ADD COLUMN row_seal BLOB;
