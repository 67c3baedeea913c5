DELETE FROM kept_answer WHERE id IN (SELECT id FROM kept_answer WHERE expires_at <= $1 ORDER BY expires_at LIMIT 500)
