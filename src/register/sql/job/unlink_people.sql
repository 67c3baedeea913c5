DELETE FROM job_person WHERE job_id = $1
