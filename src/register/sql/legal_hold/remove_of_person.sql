DELETE FROM legal_hold WHERE person_id = $1
