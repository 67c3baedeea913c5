SELECT id FROM patch WHERE uuid = $1
