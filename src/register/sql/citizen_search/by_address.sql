SELECT p.id, p.uuid, p.version, p.name, a.address_line_1, a.address_line_2, a.postcode,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM property_address_trigram x CROSS JOIN property_address f CROSS JOIN property a CROSS JOIN person p
     CROSS JOIN tenancy t
WHERE property_address_trigram MATCH $1 AND f.property_id = x.rowid AND a.id = f.property_id AND p.property_id = a.id
  AND t.id = p.tenancy_id
  AND instr(f.folded, $2) > 0 AND instr(f.folded, $3) > 0 AND instr(f.folded, $4) > 0 AND instr(f.folded, $5) > 0
  AND instr(f.folded, $6) > 0
  AND t.present = 1 AND NOT EXISTS (SELECT 1 FROM contact_address c WHERE c.person_id = p.id)
