SELECT id, what, record_id FROM retention_proposal WHERE state = 1 AND id > $1 ORDER BY id LIMIT 1
