SELECT person_id, folded FROM person_name
WHERE folded LIKE (SELECT containing(split_part($2, ' ', 1))) AND folded LIKE (SELECT containing(split_part($2, ' ', 2)))
  AND folded LIKE (SELECT containing(split_part($2, ' ', 3))) AND folded LIKE (SELECT containing(split_part($2, ' ', 4)))
  AND folded LIKE (SELECT containing(split_part($2, ' ', 5)))
ORDER BY person_id LIMIT 6001
