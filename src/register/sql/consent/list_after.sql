SELECT * FROM consent WHERE id > $1 ORDER BY id
