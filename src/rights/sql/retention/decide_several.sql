UPDATE retention_proposal SET state = $2, decided_by = $3, decided_at = $4
WHERE id IN (SELECT value FROM json_each($1)) AND state = 0 RETURNING id
