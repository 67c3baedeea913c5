SELECT id FROM tenancy WHERE id > $1 ORDER BY id LIMIT $2
