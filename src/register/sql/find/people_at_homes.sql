SELECT id FROM person WHERE property_id IN (SELECT value FROM json_each($1)) AND active = 1 ORDER BY property_id, id LIMIT $2
