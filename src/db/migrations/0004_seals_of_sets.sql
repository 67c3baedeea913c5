-- The ledger's lines have no seal each. What a rent account's lines add up to is sealed (crypto/row_sum.hpp), and so is what
-- all lines of the register do: an account that was put back as a whole, with its digest, is missed there. Filled when the
-- instance is next opened; the watermark 'sets_sealed' and the journal say when that was done.
CREATE TABLE ledger_digest (
    tenancy_id INTEGER PRIMARY KEY REFERENCES tenancy (id),
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    sum BLOB NOT NULL,
    row_seal BLOB NOT NULL
) STRICT;
CREATE TABLE ledger_total (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    sum BLOB NOT NULL,
    row_seal BLOB NOT NULL
) STRICT;

-- Whom each job is for, and what roles and accounts may do: one seal over the rows of each job, one over all permissions. Null
-- until the instance is next opened, and damage after that.
CREATE TABLE job_links (
    job_id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    row_seal BLOB
) STRICT;
INSERT INTO job_links (job_id, version) SELECT id, 1 FROM job;
CREATE TABLE access_rights (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL,
    row_seal BLOB
) STRICT;
INSERT INTO access_rights (id, version) VALUES (1, 1);

ALTER TABLE household ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE household ADD COLUMN row_seal BLOB;
ALTER TABLE area ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE area ADD COLUMN row_seal BLOB;
ALTER TABLE disclosure ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

-- An edit has another version; what is only sealed anew under another key has not, and changes no name.
DROP TRIGGER person_update_is_noted;
CREATE TRIGGER person_update_is_noted AFTER UPDATE OF version ON person WHEN (SELECT search_mode FROM instance) = 1
BEGIN INSERT INTO name_change (person_id) VALUES (new.id); END;
DROP TRIGGER citizen_update_is_noted;
CREATE TRIGGER citizen_update_is_noted AFTER UPDATE OF version ON citizen WHEN (SELECT search_mode FROM instance) = 1
BEGIN INSERT INTO name_change (citizen_id) VALUES (new.id); END;
