SELECT id FROM legal_hold WHERE lifted_at IS NULL ORDER BY id DESC LIMIT $1
