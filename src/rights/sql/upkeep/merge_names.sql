INSERT INTO person_name_trigram (person_name_trigram, rank) VALUES ('merge', $1)
