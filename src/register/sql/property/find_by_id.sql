SELECT id, uuid, version, uprn, property_reference, house_reference, address_line_1, address_line_2, address_line_3, city, county,
       postcode, ward_id, ward_name, patch_uuid, estate_address, neighbourhood_office, created_at, updated_at, row_seal
FROM property WHERE id = $1
