UPDATE consent SET email_hash = NULL,
    fingerprint_hash = iif(subject_uuid IS NULL, NULL, fingerprint_hash),
    ip_fingerprint = iif(subject_uuid IS NULL, NULL, ip_fingerprint),
    choices = iif(subject_uuid IS NULL, NULL, choices)
WHERE email_hash IN (
    SELECT c.hash FROM person_contact c WHERE c.person_id = $1
      AND NOT EXISTS (SELECT 1 FROM person_contact o WHERE o.hash = c.hash AND o.person_id <> $1))
