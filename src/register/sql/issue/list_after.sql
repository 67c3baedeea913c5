SELECT s.*, i.uuid FROM issue s JOIN interaction i ON i.id = s.interaction_id
WHERE s.interaction_id > $1 ORDER BY s.interaction_id
