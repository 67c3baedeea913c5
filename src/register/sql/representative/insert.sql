INSERT INTO representative (id, uuid, version, association_id, role, name, row_seal, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
