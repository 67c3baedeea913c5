INSERT INTO role_permission (role_id, permission) VALUES ($1, $2) ON CONFLICT (role_id, permission) DO NOTHING
