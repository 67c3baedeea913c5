INSERT INTO job (id, uuid, version, reference, title, description, status, property_id, row_seal, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
