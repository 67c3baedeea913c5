UPDATE retention_proposal SET state = $2, finished_at = $3, outcome = $4 WHERE id = $1
