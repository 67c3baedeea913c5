SELECT p.id, p.uuid, p.version, p.name FROM person p WHERE p.id > $1 AND p.id <= $2 ORDER BY p.id
