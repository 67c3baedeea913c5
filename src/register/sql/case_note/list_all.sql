SELECT id, uuid, version, job_id, text, created_by, row_seal, created_at FROM case_note ORDER BY id
