INSERT INTO legal_hold (id, uuid, version, person_id, reason, placed_by, placed_at, row_seal) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
