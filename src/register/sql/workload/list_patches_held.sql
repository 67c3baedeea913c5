SELECT p.id, p.uuid, p.version, p.name, p.officer_id, o.uuid
FROM patch p LEFT JOIN officer o ON o.id = p.officer_id
WHERE p.officer_id = $1 AND p.active = 1 ORDER BY p.name, p.id
