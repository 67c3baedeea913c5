DELETE FROM job_person WHERE job_id IN (SELECT value FROM json_each($1))
