UPDATE person SET version = $3, active = $4, property_id = $5, household_id = $6, tenancy_id = $7, name = $8, email = $9,
    telephone_1 = $10, telephone_2 = $11, telephone_3 = $12, date_of_birth = $13, disabled = $14, larn = $15,
    hackney_homes_id = $16, member_id = $17, person_number = $18, responsible = $19, relationship = $20,
    extended_relationship = $21, cautionary_alert = $22, property_cautionary_alert = $23, row_seal = $24, created_at = $25,
    updated_at = $26
WHERE id = $1 AND uuid = $2 AND version = $3 - 1
