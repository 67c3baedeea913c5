SELECT id, what, record_id, due_on, state, proposed_at, decided_by, decided_at, finished_at, outcome FROM retention_proposal
WHERE state = $1 ORDER BY id DESC LIMIT $2 OFFSET $3
