CREATE TABLE schema_migration (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT;
CREATE TABLE instance (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    install_uuid BLOB NOT NULL,
    created_at INTEGER NOT NULL
, search_mode INTEGER NOT NULL DEFAULT 0 CHECK (search_mode IN (0, 1))) STRICT;
CREATE TABLE data_key (
    id INTEGER PRIMARY KEY,
    purpose INTEGER NOT NULL,
    state INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE sequence (
    name TEXT PRIMARY KEY,
    next INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE origin (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL,
    address_hash BLOB NOT NULL UNIQUE,
    address BLOB NOT NULL
) STRICT;
CREATE TABLE audit_event (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,
    outcome INTEGER NOT NULL,
    account_id INTEGER,
    origin_id INTEGER REFERENCES origin (id),
    resource_id INTEGER,
    record_version INTEGER,
    person_id INTEGER,
    people BLOB,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX audit_event_by_account ON audit_event (account_id, id) WHERE account_id IS NOT NULL;
CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER audit_event_is_never_removed BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TABLE audit_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    event_id INTEGER NOT NULL,
    hash BLOB NOT NULL,
    seal BLOB NOT NULL
) STRICT;
CREATE TABLE role (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    level INTEGER NOT NULL
) STRICT;
CREATE TABLE role_permission (
    role_id INTEGER NOT NULL REFERENCES role (id),
    permission TEXT NOT NULL,
    PRIMARY KEY (role_id, permission)
) STRICT, WITHOUT ROWID;
CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    account_type_id INTEGER NOT NULL CHECK (account_type_id BETWEEN 1 AND 5),
    status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 3),
    role_id INTEGER NOT NULL REFERENCES role (id),
    branch_id INTEGER,
    email_hash BLOB NOT NULL UNIQUE,
    username_hash BLOB UNIQUE,
    first_name BLOB NOT NULL,
    last_name BLOB NOT NULL,
    email BLOB NOT NULL,
    username BLOB,
    phone BLOB,
    password TEXT NOT NULL,
    row_seal BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE account_permission (
    account_id INTEGER NOT NULL REFERENCES account (id),
    permission TEXT NOT NULL,
    granted INTEGER NOT NULL CHECK (granted IN (0, 1)),
    PRIMARY KEY (account_id, permission)
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    token_hash BLOB NOT NULL UNIQUE,
    kind INTEGER NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id),
    client BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    last_active_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
, password_at INTEGER) STRICT;
CREATE INDEX session_by_account ON session (account_id);
CREATE INDEX session_by_expiry ON session (expires_at);
CREATE TABLE csrf_spent (
    expires_at INTEGER NOT NULL,
    nonce BLOB NOT NULL,
    PRIMARY KEY (expires_at, nonce)
) STRICT, WITHOUT ROWID;
CREATE TABLE login_throttle (
    key BLOB PRIMARY KEY,
    failures INTEGER NOT NULL,
    blocked_until INTEGER NOT NULL,
    forgotten_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX login_throttle_by_forgotten ON login_throttle (forgotten_at);
CREATE TABLE property (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    uprn INTEGER,
    property_reference TEXT,
    house_reference TEXT,
    address_line_1 TEXT NOT NULL,
    address_line_2 TEXT,
    address_line_3 TEXT,
    city TEXT,
    county TEXT,
    postcode TEXT NOT NULL,
    ward_id TEXT,
    ward_name TEXT,
    patch_uuid BLOB,
    estate_address TEXT,
    neighbourhood_office TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
, row_seal BLOB) STRICT;
CREATE INDEX property_by_uprn ON property (uprn) WHERE uprn IS NOT NULL;
CREATE TABLE property_address (
    property_id INTEGER PRIMARY KEY REFERENCES property (id),
    folded TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE property_address_trigram USING fts5(
    folded, content='property_address', content_rowid='property_id', tokenize='trigram case_sensitive 1', detail='none',
    columnsize=0);
CREATE TRIGGER property_address_is_indexed AFTER INSERT ON property_address
BEGIN INSERT INTO property_address_trigram (rowid, folded) VALUES (new.property_id, new.folded); END;
CREATE TRIGGER property_address_is_indexed_anew AFTER UPDATE ON property_address
BEGIN
    INSERT INTO property_address_trigram (property_address_trigram, rowid, folded)
    VALUES ('delete', old.property_id, old.folded);
    INSERT INTO property_address_trigram (rowid, folded) VALUES (new.property_id, new.folded);
END;
CREATE TRIGGER property_address_leaves_the_index AFTER DELETE ON property_address
BEGIN
    INSERT INTO property_address_trigram (property_address_trigram, rowid, folded)
    VALUES ('delete', old.property_id, old.folded);
END;
CREATE TABLE household (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    tag_reference TEXT UNIQUE,
    created_at INTEGER NOT NULL
, version INTEGER NOT NULL DEFAULT 1, row_seal BLOB) STRICT;
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    property_id INTEGER REFERENCES property (id),
    household_id INTEGER REFERENCES household (id),
    name BLOB NOT NULL,
    email BLOB,
    telephone_1 BLOB,
    telephone_2 BLOB,
    telephone_3 BLOB,
    date_of_birth BLOB,
    disabled BLOB,
    larn TEXT,
    hackney_homes_id TEXT,
    member_id TEXT,
    person_number TEXT,
    responsible INTEGER NOT NULL CHECK (responsible IN (0, 1)),
    relationship TEXT,
    extended_relationship TEXT,
    row_seal BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
, tenancy_id INTEGER REFERENCES tenancy (id), cautionary_alert INTEGER NOT NULL DEFAULT 0 CHECK (cautionary_alert IN (0, 1)), property_cautionary_alert INTEGER NOT NULL DEFAULT 0
    CHECK (property_cautionary_alert IN (0, 1))) STRICT;
CREATE INDEX person_by_property ON person (property_id, active, id);
CREATE INDEX person_by_household ON person (household_id) WHERE household_id IS NOT NULL;
CREATE INDEX person_by_active ON person (active, id);
CREATE TABLE person_name (
    person_id INTEGER PRIMARY KEY REFERENCES person (id),
    folded TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE person_name_trigram USING fts5(
    folded, content='person_name', content_rowid='person_id', tokenize='trigram case_sensitive 1', detail='none',
    columnsize=0);
CREATE TRIGGER person_name_is_indexed AFTER INSERT ON person_name
BEGIN INSERT INTO person_name_trigram (rowid, folded) VALUES (new.person_id, new.folded); END;
CREATE TRIGGER person_name_is_indexed_anew AFTER UPDATE ON person_name
BEGIN
    INSERT INTO person_name_trigram (person_name_trigram, rowid, folded) VALUES ('delete', old.person_id, old.folded);
    INSERT INTO person_name_trigram (rowid, folded) VALUES (new.person_id, new.folded);
END;
CREATE TABLE person_contact (
    hash BLOB NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (hash, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_contact_by_person ON person_contact (person_id);
CREATE TABLE occupancy (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    property_id INTEGER NOT NULL REFERENCES property (id),
    from_at INTEGER NOT NULL,
    to_at INTEGER
, row_seal BLOB) STRICT;
CREATE UNIQUE INDEX occupancy_current ON occupancy (person_id) WHERE to_at IS NULL;
CREATE INDEX occupancy_by_person ON occupancy (person_id, from_at);
CREATE INDEX occupancy_by_property ON occupancy (property_id, from_at);
CREATE TABLE job (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    reference TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    description BLOB NOT NULL,
    status TEXT NOT NULL,
    property_id INTEGER REFERENCES property (id),
    row_seal BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
, priority_id INTEGER, job_type_id INTEGER, agent_id INTEGER, contractor_id INTEGER, created_by INTEGER, total_budget INTEGER, contractor_budget INTEGER, vat_percentage INTEGER, works_start_on INTEGER, works_end_on INTEGER, invoice_no TEXT, quote_no TEXT, works_order_ref TEXT, access_details BLOB, private_contact_name BLOB, private_contact_email BLOB, is_pinned INTEGER NOT NULL DEFAULT 0 CHECK (is_pinned IN (0, 1))) STRICT;
CREATE INDEX job_by_property ON job (property_id) WHERE property_id IS NOT NULL;
CREATE TABLE job_person (
    job_id INTEGER NOT NULL REFERENCES job (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (job_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_person_by_person ON job_person (person_id);
CREATE TABLE case_note (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    job_id INTEGER NOT NULL REFERENCES job (id),
    text BLOB NOT NULL,
    created_by BLOB NOT NULL,
    row_seal BLOB NOT NULL,
    created_at INTEGER NOT NULL
, send_email INTEGER NOT NULL DEFAULT 0 CHECK (send_email IN (0, 1))) STRICT;
CREATE INDEX case_note_by_job ON case_note (job_id, id);
CREATE TABLE code (
    list TEXT NOT NULL,
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (list, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE area (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
, version INTEGER NOT NULL DEFAULT 1, row_seal BLOB) STRICT;
CREATE TABLE officer (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    account_id INTEGER NOT NULL UNIQUE REFERENCES account (id),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
, row_seal BLOB) STRICT;
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
, row_seal BLOB) STRICT;
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
, row_seal BLOB) STRICT;
CREATE INDEX patch_by_area ON patch (area_id);
CREATE INDEX patch_by_manager_area ON patch (manager_area_id) WHERE manager_area_id IS NOT NULL;
CREATE INDEX patch_by_officer ON patch (officer_id) WHERE officer_id IS NOT NULL;
CREATE INDEX property_by_patch ON property (patch_uuid) WHERE patch_uuid IS NOT NULL;
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
, row_seal BLOB) STRICT;
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
CREATE TABLE watermark (
    name TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_tenancy ON person (tenancy_id) WHERE tenancy_id IS NOT NULL;
CREATE INDEX person_by_hackney_homes_id ON person (hackney_homes_id) WHERE hackney_homes_id IS NOT NULL;
CREATE VIEW person_row AS
SELECT p.id, p.uuid, p.version, p.active, p.property_id, p.household_id, p.tenancy_id, p.name, p.email, p.telephone_1,
       p.telephone_2, p.telephone_3, p.date_of_birth, p.disabled, p.larn, p.hackney_homes_id, p.member_id, p.person_number,
       p.responsible, p.relationship, p.extended_relationship, p.cautionary_alert, p.property_cautionary_alert, p.row_seal,
       p.created_at, p.updated_at, a.address_line_1, a.address_line_2, a.address_line_3, a.city, a.postcode
FROM person p LEFT JOIN property a ON a.id = p.property_id;
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
CREATE TABLE citizen_in_clear (
    citizen_id INTEGER PRIMARY KEY,
    address_line_1 TEXT,
    address_line_2 TEXT,
    address_line_3 TEXT,
    city TEXT,
    postcode TEXT
) STRICT;
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
CREATE TRIGGER person_name_stays_empty BEFORE INSERT ON person_name WHEN (SELECT search_mode FROM instance) = 1
BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER citizen_text_stays_empty BEFORE INSERT ON citizen_text WHEN (SELECT search_mode FROM instance) = 1
BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER person_name_leaves_the_index AFTER DELETE ON person_name WHEN (SELECT search_mode FROM instance) IS NOT 1
BEGIN INSERT INTO person_name_trigram (person_name_trigram, rowid, folded) VALUES ('delete', old.person_id, old.folded); END;
CREATE TRIGGER citizen_text_leaves_the_index AFTER DELETE ON citizen_text WHEN (SELECT search_mode FROM instance) IS NOT 1
BEGIN
    INSERT INTO citizen_text_trigram (citizen_text_trigram, rowid, name, address)
    VALUES ('delete', old.citizen_id, old.name, old.address);
END;
CREATE TABLE name_change (
    seq INTEGER PRIMARY KEY,
    person_id INTEGER,
    citizen_id INTEGER
) STRICT;
CREATE TRIGGER person_insert_is_noted AFTER INSERT ON person WHEN (SELECT search_mode FROM instance) = 1
BEGIN INSERT INTO name_change (person_id) VALUES (new.id); END;
CREATE TRIGGER person_delete_is_noted AFTER DELETE ON person WHEN (SELECT search_mode FROM instance) = 1
BEGIN INSERT INTO name_change (person_id) VALUES (old.id); END;
CREATE TRIGGER citizen_insert_is_noted AFTER INSERT ON citizen WHEN (SELECT search_mode FROM instance) = 1
BEGIN INSERT INTO name_change (citizen_id) VALUES (new.id); END;
CREATE TRIGGER citizen_delete_is_noted AFTER DELETE ON citizen WHEN (SELECT search_mode FROM instance) = 1
BEGIN INSERT INTO name_change (citizen_id) VALUES (old.id); END;
CREATE TABLE resealing (
    table_name TEXT PRIMARY KEY,
    after_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE event_of_person (
    person_id INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    PRIMARY KEY (person_id, event_id)
) STRICT, WITHOUT ROWID;
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
, version INTEGER NOT NULL DEFAULT 1) STRICT;
CREATE INDEX disclosure_by_person ON disclosure (person_id);
CREATE INDEX disclosure_by_account ON disclosure (account_id, created_at) WHERE account_id IS NOT NULL;
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
CREATE TABLE retention_rule (
    what TEXT PRIMARY KEY,
    since TEXT NOT NULL,
    months INTEGER NOT NULL CHECK (months > 0),
    why TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
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
CREATE INDEX incident_by_household ON incident (household_id) WHERE household_id IS NOT NULL;
CREATE INDEX interaction_by_household ON interaction (household_id) WHERE household_id IS NOT NULL;
CREATE INDEX job_in_order ON job (is_pinned, id);
CREATE INDEX job_by_creator ON job (created_by) WHERE created_by IS NOT NULL;
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
CREATE TABLE job_links (
    job_id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    row_seal BLOB
) STRICT;
CREATE TABLE access_rights (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL,
    row_seal BLOB
) STRICT;
CREATE TRIGGER person_update_is_noted AFTER UPDATE OF version ON person WHEN (SELECT search_mode FROM instance) = 1
BEGIN INSERT INTO name_change (person_id) VALUES (new.id); END;
CREATE TRIGGER citizen_update_is_noted AFTER UPDATE OF version ON citizen WHEN (SELECT search_mode FROM instance) = 1
BEGIN INSERT INTO name_change (citizen_id) VALUES (new.id); END;
CREATE TABLE kept_answer (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    key_hash BLOB NOT NULL UNIQUE,
    request_hash BLOB NOT NULL,
    answer BLOB NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX kept_answer_by_expiry ON kept_answer (expires_at);
