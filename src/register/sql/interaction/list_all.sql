SELECT * FROM interaction ORDER BY id
