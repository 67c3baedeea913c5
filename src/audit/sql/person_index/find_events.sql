SELECT id, at, action, outcome, account_id FROM audit_event
WHERE id IN (SELECT value FROM json_each($1)) ORDER BY id DESC
