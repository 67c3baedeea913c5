SELECT uuid FROM interaction WHERE person_id = $2 AND incident_id IN (SELECT value FROM json_each($1)) ORDER BY id
