DELETE FROM csrf_spent WHERE nonce IN (SELECT nonce FROM csrf_spent WHERE expires_at < $1 ORDER BY expires_at LIMIT 2000)
