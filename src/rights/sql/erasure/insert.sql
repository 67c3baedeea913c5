INSERT INTO erasure (id, uuid, person_id, ground, requested_on, account_id, erased, kept, carried_out_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
