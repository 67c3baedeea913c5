DELETE FROM citizen_text WHERE citizen_id IN (SELECT id FROM citizen WHERE person_uuid = $1 AND usn IS NULL)
