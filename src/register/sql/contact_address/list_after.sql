SELECT p.id, p.uuid, c.version, c.line_1, c.line_2, c.line_3, c.city, c.postcode, c.row_seal
FROM contact_address c JOIN person p ON p.id = c.person_id
WHERE c.person_id > $1 ORDER BY c.person_id
