UPDATE mail SET attempts = attempts + 1, due_at = $2
WHERE id IN (SELECT id FROM mail WHERE due_at <= $1 ORDER BY due_at LIMIT $3)
RETURNING id, uuid, recipient, subject, body, attempts, created_at
