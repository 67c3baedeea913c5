SELECT id FROM person WHERE tenancy_id IN (SELECT value FROM json_each($1)) ORDER BY tenancy_id, id LIMIT $2
