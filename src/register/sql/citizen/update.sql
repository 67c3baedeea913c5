UPDATE citizen SET version = $3, usn = $4, uprn = $5, larn = $6, person_uuid = $7, hackney_homes_id = $8, name = $9,
    date_of_birth = $10, address_line_1 = $11, address_line_2 = $12, address_line_3 = $13, city = $14, postcode = $15,
    row_seal = $16, created_at = $17, updated_at = $18
WHERE id = $1 AND uuid = $2 AND version = $3 - 1
