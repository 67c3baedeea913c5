INSERT INTO mail (id, uuid, recipient, subject, body, attempts, due_at, created_at) VALUES ($1, $2, $3, $4, $5, 0, $6, $6)
