SELECT f.person_id FROM person_name f JOIN person p ON p.id = f.person_id
WHERE f.folded LIKE (SELECT containing($2)) AND f.folded LIKE (SELECT containing($3)) AND f.folded LIKE (SELECT containing($4))
  AND f.folded LIKE (SELECT containing($5))
  AND f.folded LIKE (SELECT containing($6))
  AND ($8 IS NULL OR p.active = $8)
  AND ($9 = 0 OR ($9 = 1 AND p.property_id = $10) OR ($9 = 2 AND (p.property_id = $10 OR p.property_id IS NULL))
       OR ($9 = 3 AND p.property_id IS NULL))
ORDER BY f.person_id LIMIT $7
