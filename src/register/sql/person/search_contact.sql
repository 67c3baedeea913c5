SELECT DISTINCT c.person_id FROM person_contact c JOIN person p ON p.id = c.person_id
WHERE c.hash IN ($1, $2)
  AND ($4 IS NULL OR p.active = $4)
  AND ($5 = 0 OR ($5 = 1 AND p.property_id = $6) OR ($5 = 2 AND (p.property_id = $6 OR p.property_id IS NULL))
       OR ($5 = 3 AND p.property_id IS NULL))
ORDER BY c.person_id LIMIT $3
