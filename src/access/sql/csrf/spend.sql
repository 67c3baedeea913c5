INSERT INTO csrf_spent (nonce, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1
