SELECT id, uuid, version, association_id, role, name, row_seal, created_at FROM representative
WHERE id > $1 ORDER BY id
