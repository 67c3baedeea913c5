SELECT id, uuid, recipient, subject, body, attempts, created_at FROM mail
WHERE id > $1 ORDER BY id
