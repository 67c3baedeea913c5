DELETE FROM meeting WHERE interaction_id IN (SELECT id FROM interaction WHERE incident_id IN (SELECT value FROM json_each($1))) RETURNING interaction_id
