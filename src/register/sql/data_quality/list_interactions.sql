SELECT i.id, i.uuid, c.ticket_number, i.created_at, a.name
FROM interaction i JOIN incident c ON c.id = i.incident_id LEFT JOIN area a ON a.id = i.area_id
WHERE i.id IN (SELECT value FROM json_each($1)) ORDER BY i.id
