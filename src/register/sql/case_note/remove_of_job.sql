DELETE FROM case_note WHERE job_id = $1 RETURNING id
