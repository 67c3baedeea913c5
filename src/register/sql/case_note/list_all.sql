SELECT * FROM case_note ORDER BY id
