SELECT id, at, action, outcome, resource_id FROM audit_event WHERE id < $1 AND id >= $2 ORDER BY id DESC
