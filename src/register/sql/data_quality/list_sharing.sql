SELECT DISTINCT c.person_id, o.person_id FROM person_contact c JOIN person_contact o ON o.hash = c.hash
WHERE c.person_id IN (SELECT value FROM json_each($1)) AND o.person_id <> c.person_id ORDER BY 1, 2 LIMIT $2
