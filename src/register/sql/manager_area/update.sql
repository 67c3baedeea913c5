UPDATE manager_area SET version = $2, name = $3, area_id = $4, officer_id = $5, active = $6, updated_by = $7, updated_at = $8,
    row_seal = $9
WHERE id = $1 AND version = $2 - 1
