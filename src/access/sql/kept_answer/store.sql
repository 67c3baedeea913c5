INSERT INTO kept_answer (id, uuid, key_hash, request_hash, answer, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (key_hash) DO UPDATE SET uuid = excluded.uuid, request_hash = excluded.request_hash, answer = excluded.answer, expires_at = excluded.expires_at
