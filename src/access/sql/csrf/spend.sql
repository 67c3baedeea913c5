INSERT INTO csrf_spent (nonce, expires_at) VALUES ($1, $2)
