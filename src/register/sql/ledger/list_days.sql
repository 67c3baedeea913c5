SELECT posted_on, sum(amount) FROM ledger_line WHERE tenancy_id = $1 AND posted_on >= $2
GROUP BY posted_on ORDER BY posted_on DESC
