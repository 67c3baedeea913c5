SELECT * FROM case_note WHERE id > $1 ORDER BY id
