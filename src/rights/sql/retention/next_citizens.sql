SELECT id FROM citizen WHERE id > $1 ORDER BY id LIMIT $2
