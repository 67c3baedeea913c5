SELECT job_id, person_id FROM job_person WHERE job_id IN (SELECT value FROM json_each($1)) ORDER BY job_id, person_id
