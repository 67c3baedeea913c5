UPDATE meeting SET version = $2, name = $3, councillors = $4, other_staff = $5, attendees = $6, signatory_name = $7,
    signatory_role = $8, signature_uuid = $9, pdf_uuid = $10, confirmed_at = $11, row_seal = $12
WHERE interaction_id = $1 AND version = $2 - 1
