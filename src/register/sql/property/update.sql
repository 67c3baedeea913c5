UPDATE property SET version = $2, uprn = $3, property_reference = $4, house_reference = $5, address_line_1 = $6,
    address_line_2 = $7, address_line_3 = $8, city = $9, county = $10, postcode = $11, ward_id = $12, ward_name = $13,
    patch_uuid = $14, estate_address = $15, neighbourhood_office = $16, updated_at = $17,
    row_seal = $18
WHERE id = $1 AND version = $2 - 1
