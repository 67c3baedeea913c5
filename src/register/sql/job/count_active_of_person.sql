SELECT COUNT(*) FROM job_person l JOIN job j ON j.id = l.job_id
WHERE l.person_id = $1 AND j.status NOT IN ('Complete', 'Closed', 'Archived')
  AND j.status NOT IN (SELECT label FROM code WHERE list = 'job_status' AND code IN ('5', '6', '7'))
