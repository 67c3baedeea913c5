DELETE FROM job_person WHERE person_id = $2 AND job_id IN (SELECT value FROM json_each($1))
