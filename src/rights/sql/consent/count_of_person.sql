SELECT COUNT(*) FROM (
    SELECT id FROM consent WHERE subject_uuid = (SELECT uuid FROM person WHERE id = $1)
    UNION
    SELECT id FROM consent WHERE email_hash IN (
        SELECT c.hash FROM person_contact c WHERE c.person_id = $1
          AND NOT EXISTS (SELECT 1 FROM person_contact o WHERE o.hash = c.hash AND o.person_id <> $1))) mine
