SELECT COUNT(*) FROM ledger_line WHERE tenancy_id = $1
