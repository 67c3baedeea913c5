SELECT p.id, p.uuid, p.version, p.name FROM json_each($1) j CROSS JOIN person p WHERE p.id = j.value
