SELECT f.property_id FROM property_address f
WHERE f.folded LIKE containing($2) AND f.folded LIKE containing($3) AND f.folded LIKE containing($4) AND f.folded LIKE containing($5)
  AND f.folded LIKE containing($6)
ORDER BY f.property_id LIMIT $7
