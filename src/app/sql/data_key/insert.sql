INSERT INTO data_key (id, purpose, state, wrapped, created_at) VALUES ($1, $2, $3, $4, $5)
