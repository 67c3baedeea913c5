SELECT id, uuid, version, first_name, last_name FROM account WHERE id IN (SELECT value FROM json_each($1))
