INSERT INTO issue (interaction_id, version, location, service_area_id, service_area_name, deadline_on, projected_on,
    completed_on, row_seal)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
