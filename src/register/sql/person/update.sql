UPDATE person SET version = $3, active = $4, property_id = $5, household_id = $6, name = $7, email = $8, telephone_1 = $9,
    telephone_2 = $10, telephone_3 = $11, date_of_birth = $12, disabled = $13, larn = $14, hackney_homes_id = $15,
    member_id = $16, person_number = $17, responsible = $18, relationship = $19, extended_relationship = $20, row_seal = $21,
    created_at = $22, updated_at = $23
WHERE id = $1 AND uuid = $2 AND version = $3 - 1
