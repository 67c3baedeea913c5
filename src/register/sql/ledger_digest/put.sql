INSERT INTO ledger_digest (tenancy_id, uuid, version, sum, row_seal) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (tenancy_id) DO UPDATE SET version = excluded.version, sum = excluded.sum, row_seal = excluded.row_seal
