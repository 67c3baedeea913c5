SELECT id FROM person WHERE property_id = $1 AND ($2 IS NULL OR active = $2)
UNION ALL
SELECT id FROM person WHERE property_id IS NULL AND active = 0 AND ($2 IS NULL OR $2 = 0)
UNION ALL
SELECT id FROM person WHERE property_id IS NULL AND active = 1 AND ($2 IS NULL OR $2 = 1)
ORDER BY id LIMIT $3
