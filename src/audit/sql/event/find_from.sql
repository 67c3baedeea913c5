SELECT id, at FROM audit_event WHERE id >= $1 ORDER BY id LIMIT 1
