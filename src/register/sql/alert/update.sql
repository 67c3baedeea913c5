UPDATE alert SET version = $3, person_id = $4, uprn = $5, type_code = $6, row_seal = $7, created_at = $8
WHERE id = $1 AND uuid = $2 AND version = $3 - 1
