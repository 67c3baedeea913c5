UPDATE job_links SET version = $2, row_seal = $3 WHERE job_id = $1
