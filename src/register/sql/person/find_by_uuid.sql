SELECT * FROM person_row WHERE uuid = $1
