DELETE FROM alert WHERE person_id = $1
