SELECT m.*, i.*, c.* FROM meeting m JOIN interaction i ON i.id = m.interaction_id JOIN incident c ON c.id = i.incident_id
WHERE m.interaction_id > $1 ORDER BY m.interaction_id
