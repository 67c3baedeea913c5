INSERT INTO person_name_trigram (person_name_trigram) VALUES ('delete-all')
