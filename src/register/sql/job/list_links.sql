SELECT s.job_id, s.version, s.row_seal,
       (SELECT json_group_array(person_id) FROM (SELECT person_id FROM job_person WHERE job_id = s.job_id ORDER BY person_id))
FROM job_links s WHERE s.job_id > $1 ORDER BY s.job_id LIMIT $2
