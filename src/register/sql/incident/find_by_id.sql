SELECT * FROM incident WHERE id = $1
