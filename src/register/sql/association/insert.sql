INSERT INTO association (id, uuid, version, name, area_id, patch_uuid, email, notes, row_seal, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
