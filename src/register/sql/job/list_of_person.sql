SELECT job_id FROM job_person WHERE person_id = $1 ORDER BY job_id DESC LIMIT $2
