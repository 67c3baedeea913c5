SELECT p.*, a.uuid, a.uprn, t.uuid, t.tag_reference
FROM person_row p LEFT JOIN property a ON a.id = p.property_id LEFT JOIN tenancy t ON t.id = p.tenancy_id
WHERE p.id IN (SELECT value FROM json_each($1))
