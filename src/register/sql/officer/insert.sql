INSERT INTO officer (id, uuid, account_id, active, created_at, updated_at, row_seal) VALUES ($1, $2, $3, $4, $5, $5, $6)
