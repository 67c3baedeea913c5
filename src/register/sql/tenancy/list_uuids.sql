SELECT id, uuid FROM tenancy WHERE id IN (SELECT value FROM json_each($1))
