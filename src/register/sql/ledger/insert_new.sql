INSERT INTO ledger_line (id, uuid, tenancy_id, type, posted_on, amount, description) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (uuid) DO NOTHING
