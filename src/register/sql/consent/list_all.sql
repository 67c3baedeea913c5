SELECT * FROM consent ORDER BY id
