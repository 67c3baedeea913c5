SELECT id FROM person WHERE tenancy_id = $1 ORDER BY id
