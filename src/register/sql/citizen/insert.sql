INSERT INTO citizen (id, uuid, version, usn, uprn, larn, person_uuid, hackney_homes_id, name, date_of_birth, address_line_1,
                     address_line_2, address_line_3, city, postcode, row_seal, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
