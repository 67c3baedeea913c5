INSERT INTO ledger_total (id, uuid, version, sum, row_seal) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (id) DO UPDATE SET version = excluded.version, sum = excluded.sum, row_seal = excluded.row_seal
