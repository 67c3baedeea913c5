SELECT version, row_seal FROM job_links WHERE job_id = $1
