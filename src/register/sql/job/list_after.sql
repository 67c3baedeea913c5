SELECT id, uuid, version, reference, title, description, status, property_id, row_seal, created_at, updated_at,
       access_details, private_contact_name, private_contact_email FROM job
WHERE id > $1 ORDER BY id
