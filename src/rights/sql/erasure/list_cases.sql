SELECT id FROM incident WHERE person_id = $1 UNION SELECT incident_id FROM interaction WHERE person_id = $1
