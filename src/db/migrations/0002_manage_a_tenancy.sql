-- Who looks after which homes. An area's number is the landlord's own.
CREATE TABLE area (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

-- An officer's name, e-mail, username and password are those of the account.
CREATE TABLE officer (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    account_id INTEGER NOT NULL UNIQUE REFERENCES account (id),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE manager_area (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    area_id INTEGER NOT NULL REFERENCES area (id),
    officer_id INTEGER REFERENCES officer (id),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    updated_by INTEGER REFERENCES officer (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX manager_area_by_area ON manager_area (area_id);
CREATE INDEX manager_area_by_officer ON manager_area (officer_id) WHERE officer_id IS NOT NULL;

CREATE TABLE patch (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    area_id INTEGER NOT NULL REFERENCES area (id),
    manager_area_id INTEGER REFERENCES manager_area (id),
    officer_id INTEGER REFERENCES officer (id),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    updated_by INTEGER REFERENCES officer (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX patch_by_area ON patch (area_id);
CREATE INDEX patch_by_manager_area ON patch (manager_area_id) WHERE manager_area_id IS NOT NULL;
CREATE INDEX patch_by_officer ON patch (officer_id) WHERE officer_id IS NOT NULL;
CREATE INDEX property_by_patch ON property (patch_uuid) WHERE patch_uuid IS NOT NULL;

-- Tenancies and their rent accounts. Dates are days since 1970-01-01, money is pence.
CREATE TABLE tenancy (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    tag_reference TEXT NOT NULL UNIQUE,
    payment_reference TEXT,
    property_id INTEGER REFERENCES property (id),
    household_id INTEGER REFERENCES household (id),
    tenure_code TEXT,
    start_on INTEGER,
    end_on INTEGER,
    terminated INTEGER NOT NULL CHECK (terminated IN (0, 1)),
    present INTEGER NOT NULL CHECK (present IN (0, 1)),
    current_balance INTEGER,
    rent INTEGER,
    benefit INTEGER,
    direct_debit TEXT,
    account_type TEXT,
    agreement_type TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX tenancy_by_payment_reference ON tenancy (payment_reference) WHERE payment_reference IS NOT NULL;
CREATE INDEX tenancy_by_property ON tenancy (property_id) WHERE property_id IS NOT NULL;
CREATE INDEX tenancy_by_household ON tenancy (household_id) WHERE household_id IS NOT NULL;
CREATE INDEX tenancy_by_created ON tenancy (created_at);

CREATE TABLE ledger_line (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL,
    tenancy_id INTEGER NOT NULL REFERENCES tenancy (id),
    type TEXT,
    posted_on INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    description TEXT
) STRICT;
CREATE UNIQUE INDEX ledger_line_by_uuid ON ledger_line (uuid);
CREATE INDEX ledger_line_by_tenancy ON ledger_line (tenancy_id, posted_on);

-- Up to when a recurring question was answered.
CREATE TABLE watermark (
    name TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- More about people.
ALTER TABLE person ADD COLUMN tenancy_id INTEGER REFERENCES tenancy (id);
ALTER TABLE person ADD COLUMN cautionary_alert INTEGER NOT NULL DEFAULT 0 CHECK (cautionary_alert IN (0, 1));
ALTER TABLE person ADD COLUMN property_cautionary_alert INTEGER NOT NULL DEFAULT 0
    CHECK (property_cautionary_alert IN (0, 1));
CREATE INDEX person_by_tenancy ON person (tenancy_id) WHERE tenancy_id IS NOT NULL;
CREATE INDEX person_by_hackney_homes_id ON person (hackney_homes_id) WHERE hackney_homes_id IS NOT NULL;

DROP VIEW person_row;
CREATE VIEW person_row AS
SELECT p.id, p.uuid, p.version, p.active, p.property_id, p.household_id, p.tenancy_id, p.name, p.email, p.telephone_1,
       p.telephone_2, p.telephone_3, p.date_of_birth, p.disabled, p.larn, p.hackney_homes_id, p.member_id, p.person_number,
       p.responsible, p.relationship, p.extended_relationship, p.cautionary_alert, p.property_cautionary_alert, p.row_seal,
       p.created_at, p.updated_at, a.address_line_1, a.address_line_2, a.address_line_3, a.city, a.postcode
FROM person p LEFT JOIN property a ON a.id = p.property_id;

-- Where letters go, for whom that is not the home they are assigned to.
CREATE TABLE contact_address (
    person_id INTEGER PRIMARY KEY REFERENCES person (id),
    version INTEGER NOT NULL,
    line_1 BLOB,
    line_2 BLOB,
    line_3 BLOB,
    city BLOB,
    postcode BLOB,
    row_seal BLOB NOT NULL
) STRICT;

CREATE TABLE next_of_kin (
    person_id INTEGER PRIMARY KEY REFERENCES person (id),
    version INTEGER NOT NULL,
    name BLOB,
    relationship BLOB,
    address BLOB,
    mobile BLOB,
    other_phone BLOB,
    email BLOB,
    row_seal BLOB NOT NULL
) STRICT;

CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    uprn INTEGER NOT NULL,
    type_code BLOB NOT NULL,
    row_seal BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX alert_by_person ON alert (person_id);
CREATE INDEX alert_by_uprn ON alert (uprn);

-- People whom other services of the council know.
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
    address_line_1 TEXT,
    address_line_2 TEXT,
    address_line_3 TEXT,
    city TEXT,
    postcode TEXT,
    row_seal BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX citizen_by_person ON citizen (person_uuid) WHERE person_uuid IS NOT NULL;

-- Folded names, and folded addresses with their postcode, and the trigrams that both are found by.
CREATE TABLE citizen_text (
    citizen_id INTEGER PRIMARY KEY REFERENCES citizen (id),
    name TEXT NOT NULL,
    address TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE citizen_text_trigram USING fts5(
    name, address, content='citizen_text', content_rowid='citizen_id', tokenize='trigram case_sensitive 1', detail='none',
    columnsize=0);

CREATE TRIGGER citizen_text_is_indexed AFTER INSERT ON citizen_text
BEGIN INSERT INTO citizen_text_trigram (rowid, name, address) VALUES (new.citizen_id, new.name, new.address); END;
CREATE TRIGGER citizen_text_is_indexed_anew AFTER UPDATE ON citizen_text
BEGIN
    INSERT INTO citizen_text_trigram (citizen_text_trigram, rowid, name, address)
    VALUES ('delete', old.citizen_id, old.name, old.address);
    INSERT INTO citizen_text_trigram (rowid, name, address) VALUES (new.citizen_id, new.name, new.address);
END;
CREATE TRIGGER citizen_text_leaves_the_index AFTER DELETE ON citizen_text
BEGIN
    INSERT INTO citizen_text_trigram (citizen_text_trigram, rowid, name, address)
    VALUES ('delete', old.citizen_id, old.name, old.address);
END;

-- Estates, their blocks, and the associations of the people who live there.
CREATE TABLE estate (
    reference TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE block (
    reference TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    estate_reference TEXT NOT NULL REFERENCES estate (reference)
) STRICT, WITHOUT ROWID;
CREATE INDEX block_by_estate ON block (estate_reference);

CREATE TABLE association (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    name TEXT NOT NULL UNIQUE,
    area_id INTEGER NOT NULL,
    patch_uuid BLOB NOT NULL,
    email BLOB,
    notes BLOB,
    row_seal BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX association_by_patch ON association (patch_uuid);

CREATE TABLE association_estate (
    estate_reference TEXT PRIMARY KEY,
    association_id INTEGER NOT NULL REFERENCES association (id),
    estate_name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX association_estate_by_association ON association_estate (association_id);

CREATE TABLE association_role (
    role TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO association_role (role, name, position) VALUES
    ('chair', 'Chair', 1), ('vice_chair', 'Vice chair', 2), ('secretary', 'Secretary', 3), ('treasurer', 'Treasurer', 4);

CREATE TABLE representative (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    association_id INTEGER NOT NULL REFERENCES association (id),
    role TEXT NOT NULL REFERENCES association_role (role),
    name BLOB NOT NULL,
    row_seal BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX representative_by_association ON representative (association_id);

-- What was said and done. An incident is the case; an interaction is somebody's work on it.
CREATE TABLE incident (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    ticket_number TEXT NOT NULL UNIQUE,
    person_id INTEGER REFERENCES person (id),
    household_id INTEGER REFERENCES household (id),
    subject TEXT,
    title BLOB NOT NULL,
    description BLOB,
    resolution BLOB,
    request_callback INTEGER NOT NULL CHECK (request_callback IN (0, 1)),
    row_seal BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    closed_at INTEGER
) STRICT;
CREATE INDEX incident_by_person ON incident (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE incident_note (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    incident_id INTEGER NOT NULL REFERENCES incident (id),
    text BLOB NOT NULL,
    row_seal BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX incident_note_by_incident ON incident_note (incident_id, id);

CREATE TABLE interaction (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    incident_id INTEGER NOT NULL REFERENCES incident (id),
    person_id INTEGER REFERENCES person (id),
    household_id INTEGER REFERENCES household (id),
    patch_id INTEGER REFERENCES patch (id),
    manager_area_id INTEGER REFERENCES manager_area (id),
    area_id INTEGER REFERENCES area (id),
    created_by INTEGER REFERENCES officer (id),
    updated_by INTEGER REFERENCES officer (id),
    source TEXT,
    nature_of_enquiry TEXT,
    enquiry_subject TEXT,
    reason_for_process INTEGER,
    subject TEXT,
    advice_given BLOB,
    estate_office TEXT,
    process_type INTEGER NOT NULL,
    process_stage INTEGER,
    transferred INTEGER NOT NULL CHECK (transferred IN (0, 1)),
    parent_id INTEGER REFERENCES interaction (id),
    association_id INTEGER REFERENCES association (id),
    row_seal BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    closed_at INTEGER
) STRICT;
CREATE INDEX interaction_by_incident ON interaction (incident_id);
CREATE INDEX interaction_by_person ON interaction (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX interaction_by_patch ON interaction (patch_id, closed_at) WHERE patch_id IS NOT NULL;
CREATE INDEX interaction_by_manager_area ON interaction (manager_area_id, closed_at) WHERE manager_area_id IS NOT NULL;
CREATE INDEX interaction_by_area ON interaction (area_id, closed_at) WHERE area_id IS NOT NULL;
CREATE INDEX interaction_by_parent ON interaction (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX interaction_by_association ON interaction (association_id) WHERE association_id IS NOT NULL;

-- What a meeting of an association has beside an interaction, and what an issue raised there has.
CREATE TABLE meeting (
    interaction_id INTEGER PRIMARY KEY REFERENCES interaction (id),
    version INTEGER NOT NULL,
    name BLOB NOT NULL,
    councillors BLOB,
    other_staff BLOB,
    attendees INTEGER,
    signatory_name BLOB,
    signatory_role TEXT,
    signature_uuid BLOB,
    pdf_uuid BLOB,
    confirmed_at INTEGER,
    row_seal BLOB NOT NULL
) STRICT;

CREATE TABLE issue (
    interaction_id INTEGER PRIMARY KEY REFERENCES interaction (id),
    version INTEGER NOT NULL,
    location BLOB,
    service_area_id INTEGER,
    service_area_name TEXT,
    deadline_on INTEGER NOT NULL,
    projected_on INTEGER,
    completed_on INTEGER,
    row_seal BLOB NOT NULL
) STRICT;
CREATE INDEX issue_by_deadline ON issue (deadline_on);

CREATE TABLE signature (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    image BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- Mail that waits to be sent. What was sent is removed: a letter may hold a link that opens a meeting.
CREATE TABLE mail (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    recipient BLOB NOT NULL,
    subject BLOB NOT NULL,
    body BLOB NOT NULL,
    attempts INTEGER NOT NULL,
    due_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX mail_by_due ON mail (due_at) WHERE due_at IS NOT NULL;

INSERT INTO sequence (name, next) VALUES
    ('officer', 1), ('manager_area', 1), ('patch', 1), ('tenancy', 1), ('ledger_line', 1), ('alert', 1), ('citizen', 1),
    ('association', 1), ('representative', 1), ('incident', 1), ('incident_note', 1), ('interaction', 1), ('signature', 1),
    ('mail', 1);

INSERT INTO role_permission (role_id, permission)
SELECT r.id, p.column1
FROM role r, (VALUES
    ('api.housing.residents.view'), ('api.housing.residents.manage'), ('api.housing.alerts.manage'),
    ('api.housing.accounts.view'), ('api.housing.patches.view'), ('api.housing.officers.log_in'),
    ('api.housing.interactions.view'), ('api.housing.interactions.manage'), ('api.housing.associations.view'),
    ('api.housing.associations.manage'), ('api.housing.meetings.manage')) p
WHERE r.name IN ('service', 'admin', 'manager', 'officer');
INSERT INTO role_permission (role_id, permission)
SELECT r.id, p.column1
FROM role r, (VALUES ('api.housing.patches.manage'), ('api.housing.officers.manage')) p
WHERE r.name IN ('service', 'admin', 'manager');
INSERT INTO role_permission (role_id, permission)
SELECT r.id, p.column1
FROM role r, (VALUES
    ('api.housing.residents.view'), ('api.housing.accounts.view'), ('api.housing.patches.view'),
    ('api.housing.interactions.view'), ('api.housing.associations.view')) p
WHERE r.name IN ('records', 'viewer');
