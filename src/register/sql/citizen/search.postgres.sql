SELECT c.id, c.uuid, c.version, c.usn, c.uprn, c.larn, c.person_uuid, c.hackney_homes_id, c.name, c.date_of_birth, c.address_line_1,
       c.address_line_2, c.address_line_3, c.city, c.postcode, c.row_seal, c.created_at, c.updated_at
FROM citizen_text f JOIN citizen c ON c.id = f.citizen_id
WHERE f.name LIKE (SELECT containing($2)) AND f.name LIKE (SELECT containing($3)) AND f.name LIKE (SELECT containing($4))
  AND f.name LIKE (SELECT containing($5))
  AND f.name LIKE (SELECT containing($6))
  AND f.address LIKE (SELECT containing($7)) AND f.address LIKE (SELECT containing($8)) AND f.address LIKE (SELECT containing($9))
  AND f.address LIKE (SELECT containing($10))
  AND f.address LIKE (SELECT containing($11))
