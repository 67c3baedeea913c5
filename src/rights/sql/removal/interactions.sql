DELETE FROM interaction WHERE incident_id IN (SELECT value FROM json_each($1)) RETURNING id
