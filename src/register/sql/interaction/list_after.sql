SELECT * FROM interaction
WHERE id > $1 ORDER BY id
