INSERT INTO citizen_text_trigram (citizen_text_trigram, rank) VALUES ('merge', $1)
