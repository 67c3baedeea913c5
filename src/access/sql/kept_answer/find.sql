SELECT uuid, request_hash, answer FROM kept_answer WHERE key_hash = $1 AND expires_at > $2
