SELECT p.id FROM person p
WHERE p.id IN (SELECT value FROM json_each($1)) AND ($2 IS NULL OR p.active = $2)
  AND ($3 = 0 OR ($3 = 1 AND p.property_id = $4) OR ($3 = 2 AND (p.property_id = $4 OR p.property_id IS NULL))
       OR ($3 = 3 AND p.property_id IS NULL))
ORDER BY p.id
