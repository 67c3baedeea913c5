UPDATE consent SET subject_uuid = NULL, email_hash = NULL, fingerprint_hash = NULL, ip_fingerprint = NULL, choices = NULL
WHERE subject_uuid = $1
