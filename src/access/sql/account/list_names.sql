SELECT id, uuid, version, first_name, last_name FROM account
