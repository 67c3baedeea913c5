SELECT * FROM incident WHERE uuid = $1
