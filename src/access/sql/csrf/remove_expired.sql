DELETE FROM csrf_spent WHERE (expires_at, nonce) IN (SELECT expires_at, nonce FROM csrf_spent WHERE expires_at < $1 ORDER BY expires_at LIMIT 2000)
