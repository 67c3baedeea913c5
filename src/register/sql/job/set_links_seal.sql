UPDATE job_links SET row_seal = $2 WHERE job_id = $1
