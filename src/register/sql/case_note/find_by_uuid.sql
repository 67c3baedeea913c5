SELECT id, uuid, version, job_id, text, created_by, row_seal, created_at FROM case_note WHERE uuid = $1
