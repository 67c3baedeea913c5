SELECT id, uuid, tag_reference, tenure_code FROM tenancy WHERE id IN (SELECT value FROM json_each($1))
