INSERT INTO property (id, uuid, version, uprn, property_reference, house_reference, address_line_1, address_line_2,
                      address_line_3, city, county, postcode, ward_id, ward_name, patch_uuid, estate_address,
                      neighbourhood_office, created_at, updated_at, row_seal)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
