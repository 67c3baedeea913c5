UPDATE incident SET version = $2, person_id = $3, household_id = $4, subject = $5, title = $6, description = $7,
    resolution = $8, request_callback = $9, row_seal = $10, updated_at = $11, closed_at = $12
WHERE id = $1 AND version = $2 - 1
