SELECT p.*, l.id, l.uuid, l.version, l.person_id, l.uprn, l.type_code, l.row_seal, l.created_at
FROM alert l JOIN person_row p ON p.id = l.person_id
WHERE l.id IN (
    SELECT id FROM alert WHERE person_id = $2
    UNION ALL
    SELECT a.id FROM property h JOIN alert a ON a.uprn = h.uprn WHERE h.id = $1
    UNION ALL
    SELECT a.id FROM person o JOIN alert a ON a.person_id = o.id WHERE o.property_id = $1
    UNION ALL
    SELECT a.id FROM property h JOIN property s ON s.uprn = h.uprn JOIN person o ON o.property_id = s.id
        JOIN alert a ON a.person_id = o.id WHERE h.id = $1)
ORDER BY l.id
