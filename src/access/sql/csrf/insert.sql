INSERT INTO csrf_spent (expires_at, nonce) VALUES ($1, $2)
