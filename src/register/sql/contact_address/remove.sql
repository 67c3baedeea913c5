DELETE FROM contact_address WHERE person_id = $1
