SELECT uuid, type, posted_on, amount, description FROM ledger_line
WHERE tenancy_id = $1 AND posted_on BETWEEN $2 AND $3
ORDER BY posted_on DESC, amount, description NULLS FIRST
