SELECT t.id, t.uuid, t.tag_reference, a.address_line_1, a.address_line_2, a.address_line_3, a.city, a.postcode
FROM tenancy t LEFT JOIN property a ON a.id = t.property_id
WHERE t.id IN (SELECT value FROM json_each($1)) ORDER BY t.id
