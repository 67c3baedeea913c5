SELECT max(id) FROM ledger_line GROUP BY uuid HAVING count(*) > 1 ORDER BY max(id) LIMIT $1
