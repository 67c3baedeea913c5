SELECT id FROM case_note WHERE job_id = $1 ORDER BY id LIMIT $2
