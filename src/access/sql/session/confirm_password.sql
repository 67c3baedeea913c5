UPDATE session SET password_at = $2 WHERE id = $1
