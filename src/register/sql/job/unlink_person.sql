DELETE FROM job_person WHERE person_id = $1
