SELECT c.id, c.uuid, c.version, c.usn, c.uprn, c.larn, c.person_uuid, c.hackney_homes_id, c.name, c.date_of_birth, o.address_line_1,
       o.address_line_2, o.address_line_3, o.city, o.postcode, c.row_seal, c.created_at, c.updated_at
FROM citizen_in_clear o CROSS JOIN citizen c WHERE c.id = o.citizen_id
