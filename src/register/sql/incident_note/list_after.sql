SELECT * FROM incident_note
WHERE id > $1 ORDER BY id
