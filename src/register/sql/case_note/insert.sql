INSERT INTO case_note (id, uuid, version, job_id, text, created_by, row_seal, created_at, send_email)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
