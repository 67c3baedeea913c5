INSERT INTO job_links (job_id, version, row_seal) VALUES ($1, $2, $3)
