INSERT INTO job_person (job_id, person_id) VALUES ($1, $2) ON CONFLICT (job_id, person_id) DO NOTHING
