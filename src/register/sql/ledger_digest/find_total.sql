SELECT uuid, version, sum, row_seal FROM ledger_total WHERE id = $1
