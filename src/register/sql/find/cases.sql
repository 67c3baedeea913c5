SELECT i.id FROM incident c JOIN interaction i ON i.incident_id = c.id
WHERE c.ticket_number >= $1 AND c.ticket_number < $2
ORDER BY c.ticket_number LIMIT $3
