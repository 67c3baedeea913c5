SELECT * FROM incident_note ORDER BY id
