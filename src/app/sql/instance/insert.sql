INSERT INTO instance (id, install_uuid, created_at, search_mode) VALUES (1, $1, $2, $3)
