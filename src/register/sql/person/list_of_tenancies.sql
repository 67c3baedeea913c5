SELECT * FROM person_row WHERE tenancy_id IN (SELECT value FROM json_each($1)) ORDER BY id
