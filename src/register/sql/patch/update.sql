UPDATE patch SET version = $2, name = $3, area_id = $4, manager_area_id = $5, officer_id = $6, active = $7, updated_by = $8,
    updated_at = $9, row_seal = $10
WHERE id = $1 AND version = $2 - 1
