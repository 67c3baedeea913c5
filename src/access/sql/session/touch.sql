UPDATE session SET last_active_at = $2 WHERE id = $1 AND last_active_at < $2
