UPDATE retention_proposal SET state = 1, decided_by = $1, decided_at = $2 WHERE state = 0
