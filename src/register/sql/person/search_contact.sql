SELECT c.person_id FROM person_contact c JOIN person p ON p.id = c.person_id
WHERE c.hash = $1
  AND ($3 IS NULL OR p.active = $3)
  AND ($4 = 0 OR ($4 = 1 AND p.property_id = $5) OR ($4 = 2 AND (p.property_id = $5 OR p.property_id IS NULL))
       OR ($4 = 3 AND p.property_id IS NULL))
ORDER BY c.person_id LIMIT $2
