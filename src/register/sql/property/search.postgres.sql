SELECT f.property_id FROM property_address f
WHERE f.folded LIKE (SELECT containing($2)) AND f.folded LIKE (SELECT containing($3)) AND f.folded LIKE (SELECT containing($4))
  AND f.folded LIKE (SELECT containing($5))
  AND f.folded LIKE (SELECT containing($6))
ORDER BY f.property_id LIMIT $7
