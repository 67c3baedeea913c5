SELECT id FROM household WHERE uuid = $1
