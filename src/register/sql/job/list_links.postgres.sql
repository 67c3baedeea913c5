SELECT s.job_id, s.version, s.row_seal,
       (SELECT '[' || coalesce(string_agg(person_id::text, ',' ORDER BY person_id), '') || ']' FROM job_person WHERE job_id = s.job_id)
FROM job_links s WHERE s.job_id > $1 ORDER BY s.job_id LIMIT $2
