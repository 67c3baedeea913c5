SELECT property_id, folded FROM property_address
WHERE folded LIKE (SELECT containing(split_part($2, ' ', 1))) AND folded LIKE (SELECT containing(split_part($2, ' ', 2)))
  AND folded LIKE (SELECT containing(split_part($2, ' ', 3))) AND folded LIKE (SELECT containing(split_part($2, ' ', 4)))
  AND folded LIKE (SELECT containing(split_part($2, ' ', 5)))
ORDER BY property_id LIMIT 6001
