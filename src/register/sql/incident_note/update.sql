UPDATE incident_note SET version = $2, text = $3, row_seal = $4 WHERE id = $1 AND version = $2 - 1
