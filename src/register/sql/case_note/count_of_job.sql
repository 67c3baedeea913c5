SELECT count(*) FROM case_note WHERE job_id = $1
