SELECT f.person_id FROM person_name f
WHERE f.folded LIKE containing($2) AND f.folded LIKE containing($3) AND f.folded LIKE containing($4) AND f.folded LIKE containing($5)
  AND f.folded LIKE containing($6)
ORDER BY f.person_id LIMIT $7
