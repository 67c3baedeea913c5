DELETE FROM job_links WHERE job_id = $1
