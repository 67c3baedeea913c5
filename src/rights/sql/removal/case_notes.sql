DELETE FROM case_note WHERE job_id IN (SELECT value FROM json_each($1)) RETURNING id
