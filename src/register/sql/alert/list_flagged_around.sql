SELECT * FROM person_row r
WHERE r.id IN (
    SELECT $2
    UNION ALL
    SELECT id FROM person WHERE property_id = $1
    UNION ALL
    SELECT o.id FROM property h JOIN property s ON s.uprn = h.uprn JOIN person o ON o.property_id = s.id WHERE h.id = $1)
    AND r.cautionary_alert = 1 AND NOT EXISTS (SELECT 1 FROM alert WHERE person_id = r.id)
ORDER BY r.id
