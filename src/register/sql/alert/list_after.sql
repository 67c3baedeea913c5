SELECT id, uuid, version, person_id, uprn, type_code, row_seal, created_at FROM alert
WHERE id > $1 ORDER BY id
