SELECT id, id FROM person
WHERE active = 1 AND id > $1 AND id <= $2
  AND email IS NULL AND telephone_1 IS NULL AND telephone_2 IS NULL AND telephone_3 IS NULL
ORDER BY id LIMIT $3
