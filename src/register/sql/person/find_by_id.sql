SELECT * FROM person_row WHERE id = $1
