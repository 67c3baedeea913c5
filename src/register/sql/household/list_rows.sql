SELECT id, uuid, version, tag_reference, created_at, row_seal FROM household WHERE id > $1 ORDER BY id LIMIT $2
