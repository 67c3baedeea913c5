SELECT id FROM person WHERE active = 0 ORDER BY id LIMIT $1
