INSERT INTO ledger_line (id, uuid, tenancy_id, type, posted_on, amount, description) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (uuid) DO UPDATE SET tenancy_id = excluded.tenancy_id, type = excluded.type, posted_on = excluded.posted_on,
    amount = excluded.amount, description = excluded.description
RETURNING id
