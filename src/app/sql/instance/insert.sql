INSERT INTO instance (id, install_uuid, created_at) VALUES (1, $1, $2)
