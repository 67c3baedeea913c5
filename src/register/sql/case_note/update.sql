UPDATE case_note SET version = $2, job_id = $3, text = $4, created_by = $5, row_seal = $6, created_at = $7, send_email = $8
WHERE id = $1 AND version = $2 - 1
