SELECT coalesce(sum(amount), 0)
FROM (SELECT amount FROM ledger_line WHERE tenancy_id = $1 ORDER BY posted_on DESC, id DESC LIMIT $2) line
