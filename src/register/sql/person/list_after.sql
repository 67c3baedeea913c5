SELECT * FROM person_row
WHERE id > $1 ORDER BY id
