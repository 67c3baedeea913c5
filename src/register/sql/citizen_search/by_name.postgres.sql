SELECT p.id, p.uuid, p.version, p.name, a.address_line_1, a.address_line_2, a.postcode,
       c.version, c.line_1, c.line_2, c.line_3, c.city, c.postcode, c.row_seal
FROM person_name f CROSS JOIN person p CROSS JOIN tenancy t
     LEFT JOIN property a ON a.id = p.property_id
     LEFT JOIN contact_address c ON c.person_id = p.id
WHERE p.id = f.person_id AND t.id = p.tenancy_id
  AND f.folded LIKE (SELECT containing($2)) AND f.folded LIKE (SELECT containing($3)) AND f.folded LIKE (SELECT containing($4))
  AND f.folded LIKE (SELECT containing($5))
  AND f.folded LIKE (SELECT containing($6))
  AND t.present = 1
