SELECT COUNT(*) FROM job_person l JOIN job j ON j.id = l.job_id
WHERE l.person_id = $1 AND j.status NOT IN ('Complete', 'Closed', 'Archived')
