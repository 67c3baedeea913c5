SELECT COUNT(*) FROM legal_hold WHERE lifted_at IS NULL
