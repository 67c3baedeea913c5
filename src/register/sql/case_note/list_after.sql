SELECT id, uuid, version, job_id, text, created_by, row_seal, created_at FROM case_note
WHERE id > $1 ORDER BY id
