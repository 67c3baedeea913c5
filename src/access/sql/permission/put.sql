INSERT INTO account_permission (account_id, permission, granted) VALUES ($1, $2, $3)
ON CONFLICT (account_id, permission) DO UPDATE SET granted = excluded.granted
