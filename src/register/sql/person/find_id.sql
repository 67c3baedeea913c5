SELECT id FROM person WHERE uuid = $1
