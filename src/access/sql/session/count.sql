SELECT COUNT(*) FROM session WHERE expires_at > $1 AND ($2 IS NULL OR account_id = $2)
