SELECT p.*, l.id, l.uuid, l.version, l.person_id, l.uprn, l.type_code, l.row_seal, l.created_at
FROM alert l JOIN person_row p ON p.id = l.person_id WHERE l.id IN (SELECT value FROM json_each($1)) ORDER BY l.id
