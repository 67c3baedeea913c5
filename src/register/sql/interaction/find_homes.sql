SELECT p.id, a.address_line_1, a.address_line_2, a.address_line_3, a.city, a.postcode, a.uprn, t.created_at
FROM person p LEFT JOIN property a ON a.id = p.property_id LEFT JOIN tenancy t ON t.id = p.tenancy_id
WHERE p.id IN (SELECT value FROM json_each($1))
ORDER BY p.id
