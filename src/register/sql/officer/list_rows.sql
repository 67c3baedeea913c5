SELECT id, uuid, account_id, active, created_at, updated_at, row_seal FROM officer WHERE id > $1 ORDER BY id LIMIT $2
