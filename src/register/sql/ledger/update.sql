UPDATE ledger_line SET tenancy_id = $2, type = $3, posted_on = $4, amount = $5, description = $6 WHERE id = $1
