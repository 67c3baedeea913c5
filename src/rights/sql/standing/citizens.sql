SELECT c.id, c.usn, EXISTS (SELECT 1 FROM person p WHERE p.uuid = c.person_uuid), c.updated_at
FROM citizen c WHERE c.id IN (SELECT value FROM json_each($1))
ORDER BY c.id
