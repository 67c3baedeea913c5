INSERT INTO disclosure (id, uuid, version, person_id, account_id, format, with_checked, reason, row_seal, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
