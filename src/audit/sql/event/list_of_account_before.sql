SELECT id, at, action, outcome, resource_id FROM audit_event WHERE account_id = $3 AND id < $1 AND id >= $2 ORDER BY id DESC
