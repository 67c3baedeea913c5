SELECT 1 FROM csrf_spent WHERE expires_at = $1 AND nonce = $2
