SELECT id FROM person WHERE property_id IS NULL AND active = 0 AND ($1 IS NULL OR $1 = 0)
UNION ALL
SELECT id FROM person WHERE property_id IS NULL AND active = 1 AND ($1 IS NULL OR $1 = 1)
ORDER BY id LIMIT $2
