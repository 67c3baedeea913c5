SELECT p.*, a.uprn, t.created_at, c.version, c.line_1, c.line_2, c.line_3, c.city, c.postcode, c.row_seal
FROM person_row p LEFT JOIN property a ON a.id = p.property_id LEFT JOIN tenancy t ON t.id = p.tenancy_id
    LEFT JOIN contact_address c ON c.person_id = p.id
WHERE p.id IN (SELECT value FROM json_each($1))
ORDER BY p.id
