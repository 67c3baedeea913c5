DELETE FROM citizen_text
