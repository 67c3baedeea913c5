SELECT count(*) FROM (SELECT 1 FROM ledger_line WHERE tenancy_id = $1 LIMIT $2) line
