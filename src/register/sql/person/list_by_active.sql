SELECT id FROM person WHERE active = $1 ORDER BY id LIMIT $2
