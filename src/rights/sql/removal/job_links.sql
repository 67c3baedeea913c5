DELETE FROM job_links WHERE job_id IN (SELECT value FROM json_each($1))
