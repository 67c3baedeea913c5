SELECT p.*, a.uuid, a.uprn, a.house_reference, h.uuid, t.uuid, t.account_type, c.version, c.line_1, c.line_2, c.line_3, c.city,
       c.postcode, c.row_seal
FROM person_row p LEFT JOIN property a ON a.id = p.property_id LEFT JOIN household h ON h.id = p.household_id
     LEFT JOIN tenancy t ON t.id = p.tenancy_id LEFT JOIN contact_address c ON c.person_id = p.id
WHERE p.property_id IN (SELECT id FROM property WHERE uprn = $1) ORDER BY p.id
