INSERT INTO session (id, uuid, token_hash, kind, account_id, client, created_at, last_active_at, expires_at, password_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)
