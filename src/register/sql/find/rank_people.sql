SELECT p.id, p.uuid, p.version, p.name, p.active AND coalesce(t.present, 0)
FROM person p LEFT JOIN tenancy t ON t.id = p.tenancy_id
WHERE p.id IN (SELECT value FROM json_each($1))
