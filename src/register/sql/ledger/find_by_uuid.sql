SELECT id, tenancy_id, type, posted_on, amount, description FROM ledger_line WHERE uuid = $1
