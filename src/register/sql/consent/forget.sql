UPDATE consent SET subject_uuid = $2, email_hash = $3, fingerprint_hash = $4, ip_fingerprint = $5, choices = $6, row_seal = $7 WHERE id = $1
