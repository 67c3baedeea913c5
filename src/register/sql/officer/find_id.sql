SELECT id FROM officer WHERE uuid = $1
