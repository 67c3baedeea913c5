SELECT p.id, p.uuid, p.version, p.name, a.address_line_1, a.address_line_2, a.postcode,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM property_address f CROSS JOIN property a CROSS JOIN person p
     CROSS JOIN tenancy t
WHERE a.id = f.property_id AND p.property_id = a.id
  AND t.id = p.tenancy_id
  AND f.folded LIKE (SELECT containing($2)) AND f.folded LIKE (SELECT containing($3)) AND f.folded LIKE (SELECT containing($4))
  AND f.folded LIKE (SELECT containing($5))
  AND f.folded LIKE (SELECT containing($6))
  AND t.present = 1 AND NOT EXISTS (SELECT 1 FROM contact_address c WHERE c.person_id = p.id)
