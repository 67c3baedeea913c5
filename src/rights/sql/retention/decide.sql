UPDATE retention_proposal SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1 AND state = 0
