DELETE FROM person_name
