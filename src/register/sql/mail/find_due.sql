SELECT id FROM mail WHERE due_at <= $1 LIMIT 1
