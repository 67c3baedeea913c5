SELECT * FROM person_row ORDER BY id
