SELECT id FROM incident WHERE id > $1 ORDER BY id LIMIT $2
