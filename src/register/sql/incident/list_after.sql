SELECT * FROM incident
WHERE id > $1 ORDER BY id
