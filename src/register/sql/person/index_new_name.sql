INSERT INTO person_name (person_id, folded) VALUES ($1, $2)
