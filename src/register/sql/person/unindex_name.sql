DELETE FROM person_name WHERE person_id = $1
