SELECT uuid, type, posted_on, amount, description FROM ledger_line WHERE tenancy_id = $1
ORDER BY posted_on DESC, id DESC LIMIT $2 OFFSET $3
