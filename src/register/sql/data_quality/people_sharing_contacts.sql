SELECT p.id, p.id FROM person p
WHERE p.active = 1 AND p.id > $1 AND p.id <= $2
  AND EXISTS (SELECT 1 FROM person_contact c JOIN person_contact o ON o.hash = c.hash
              WHERE c.person_id = p.id AND o.person_id <> p.id)
ORDER BY p.id LIMIT $3
