DELETE FROM next_of_kin WHERE person_id = $1
