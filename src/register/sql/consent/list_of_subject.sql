SELECT id FROM consent WHERE subject_uuid = $1
UNION
SELECT g.id FROM person p JOIN person_contact c ON c.person_id = p.id JOIN consent g ON g.email_hash = c.hash WHERE p.uuid = $1
ORDER BY 1 DESC LIMIT $2
