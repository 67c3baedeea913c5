SELECT id, purpose, state, wrapped FROM data_key ORDER BY id
