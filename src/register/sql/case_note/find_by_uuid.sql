SELECT * FROM case_note WHERE uuid = $1
