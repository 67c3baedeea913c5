INSERT INTO citizen_text_trigram (citizen_text_trigram) VALUES ('delete-all')
