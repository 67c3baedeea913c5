SELECT id, uuid, tenancy_id, type, posted_on, amount, description FROM ledger_line
