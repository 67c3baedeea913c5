SELECT DISTINCT job_id FROM job_person WHERE job_id NOT IN (SELECT job_id FROM job_links)
