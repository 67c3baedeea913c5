SELECT c.id, c.uuid, c.version, c.usn, c.uprn, c.larn, c.person_uuid, c.hackney_homes_id, c.name, c.date_of_birth, c.address_line_1,
       c.address_line_2, c.address_line_3, c.city, c.postcode, c.row_seal, c.created_at, c.updated_at
FROM citizen_text f JOIN citizen c ON c.id = f.citizen_id
WHERE instr(f.name, $1) > 0 AND instr(f.name, $2) > 0 AND instr(f.name, $3) > 0 AND instr(f.name, $4) > 0
  AND instr(f.name, $5) > 0
  AND instr(f.address, $6) > 0 AND instr(f.address, $7) > 0 AND instr(f.address, $8) > 0 AND instr(f.address, $9) > 0
  AND instr(f.address, $10) > 0
