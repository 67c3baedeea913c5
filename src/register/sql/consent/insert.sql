INSERT INTO consent (id, uuid, subject_uuid, email_hash, fingerprint_hash, ip_fingerprint, consent_type, consent_version, accepted, choices,
                     row_seal, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
