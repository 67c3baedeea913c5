DELETE FROM ledger_digest WHERE tenancy_id = $1
