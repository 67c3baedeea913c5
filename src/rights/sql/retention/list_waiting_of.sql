SELECT id, what, record_id, due_on, state, proposed_at, decided_by, decided_at, finished_at, outcome FROM retention_proposal
WHERE id IN (SELECT value FROM json_each($1)) AND state = 0 ORDER BY id
