INSERT INTO alert (id, uuid, version, person_id, uprn, type_code, row_seal, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
