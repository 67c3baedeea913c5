INSERT INTO person (id, uuid, version, active, property_id, household_id, tenancy_id, name, email, telephone_1, telephone_2, telephone_3,
                    date_of_birth, disabled, larn, hackney_homes_id, member_id, person_number, responsible, relationship,
                    extended_relationship, cautionary_alert, property_cautionary_alert, row_seal, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)
