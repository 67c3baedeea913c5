SELECT id FROM person WHERE property_id IS NULL AND ($1 IS NULL OR active = $1) ORDER BY id LIMIT $2
