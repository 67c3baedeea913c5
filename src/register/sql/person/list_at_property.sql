SELECT id FROM person WHERE property_id = $1 AND ($2 IS NULL OR active = $2) ORDER BY id LIMIT $3
