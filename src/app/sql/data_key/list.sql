SELECT id, purpose, state, wrapped, created_at FROM data_key ORDER BY id
