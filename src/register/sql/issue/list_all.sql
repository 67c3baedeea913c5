SELECT s.*, i.uuid FROM issue s JOIN interaction i ON i.id = s.interaction_id
ORDER BY s.interaction_id
