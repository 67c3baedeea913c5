SELECT uuid FROM interaction WHERE incident_id = $1 ORDER BY id
