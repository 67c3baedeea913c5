UPDATE job SET version = $2, reference = $3, title = $4, description = $5, status = $6, property_id = $7, row_seal = $8,
    created_at = $9, updated_at = $10
WHERE id = $1 AND version = $2 - 1
