SELECT p.id, p.uuid, p.version, p.name, a.address_line_1, a.address_line_2, a.postcode,
       c.version, c.line_1, c.line_2, c.line_3, c.city, c.postcode, c.row_seal
FROM person_name_trigram x CROSS JOIN person_name f CROSS JOIN person p CROSS JOIN tenancy t
     LEFT JOIN property a ON a.id = p.property_id
     LEFT JOIN contact_address c ON c.person_id = p.id
WHERE person_name_trigram MATCH $1 AND f.person_id = x.rowid AND p.id = f.person_id AND t.id = p.tenancy_id
  AND instr(f.folded, $2) > 0 AND instr(f.folded, $3) > 0 AND instr(f.folded, $4) > 0 AND instr(f.folded, $5) > 0
  AND instr(f.folded, $6) > 0
  AND t.present = 1
