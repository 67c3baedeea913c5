SELECT * FROM person_row WHERE household_id = $1 ORDER BY id LIMIT $2
