UPDATE issue SET version = $2, location = $3, service_area_id = $4, service_area_name = $5, deadline_on = $6,
    projected_on = $7, completed_on = $8, row_seal = $9
WHERE interaction_id = $1 AND version = $2 - 1
