SELECT (SELECT count(*) FROM person_name) + (SELECT count(*) FROM citizen_text)
