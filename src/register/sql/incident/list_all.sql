SELECT * FROM incident ORDER BY id
