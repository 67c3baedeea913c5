SELECT id, id FROM property WHERE id > $1 AND id <= $2 AND uprn IS NULL ORDER BY id LIMIT $3
