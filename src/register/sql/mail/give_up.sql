UPDATE mail SET due_at = NULL WHERE id = $1
