SELECT id, uuid, version, name, area_id, patch_uuid, email, notes, row_seal, created_at, updated_at FROM association
WHERE id > $1 ORDER BY id
