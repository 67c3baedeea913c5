DELETE FROM job_person WHERE job_id = $1 AND person_id = $2
