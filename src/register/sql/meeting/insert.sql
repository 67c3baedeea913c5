INSERT INTO meeting (interaction_id, version, name, councillors, other_staff, attendees, signatory_name, signatory_role,
    signature_uuid, pdf_uuid, confirmed_at, row_seal)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
