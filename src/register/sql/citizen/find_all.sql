SELECT c.id, c.uuid, c.version, c.usn, c.uprn, c.larn, c.person_uuid, c.hackney_homes_id, c.name, c.date_of_birth, c.address_line_1,
       c.address_line_2, c.address_line_3, c.city, c.postcode, c.row_seal, c.created_at, c.updated_at
FROM json_each($1) j CROSS JOIN citizen c WHERE c.id = j.value
