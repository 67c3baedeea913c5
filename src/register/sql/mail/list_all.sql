SELECT id, uuid, recipient, subject, body, attempts, created_at FROM mail ORDER BY id
