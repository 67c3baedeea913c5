SELECT i.id FROM interaction i JOIN issue s ON s.interaction_id = i.id
WHERE i.parent_id = (SELECT id FROM interaction WHERE uuid = $1) ORDER BY i.id
