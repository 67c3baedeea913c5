INSERT INTO retention_proposal (id, what, record_id, due_on, state, proposed_at)
SELECT $1, $2, $3, $4, 0, $5
WHERE NOT EXISTS (SELECT 1 FROM retention_proposal
                  WHERE what = $2 AND record_id = $3 AND due_on = $4 AND state = 3 AND outcome IS NULL)
ON CONFLICT (what, record_id) WHERE state IN (0, 1) DO NOTHING
