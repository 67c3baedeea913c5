SELECT * FROM incident_note WHERE uuid = $1
