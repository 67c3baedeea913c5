SELECT f.person_id FROM person_name f
WHERE f.folded LIKE (SELECT containing($2)) AND f.folded LIKE (SELECT containing($3)) AND f.folded LIKE (SELECT containing($4))
  AND f.folded LIKE (SELECT containing($5))
  AND f.folded LIKE (SELECT containing($6))
ORDER BY f.person_id LIMIT $7
