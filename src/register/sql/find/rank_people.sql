SELECT p.id, p.uuid, p.version, p.name, p.active = 1 AND coalesce(t.present, 0) = 1
FROM person p LEFT JOIN tenancy t ON t.id = p.tenancy_id
WHERE p.id IN (SELECT value FROM json_each($1))
