SELECT i.id FROM interaction i JOIN issue s ON s.interaction_id = i.id WHERE i.association_id = $1 ORDER BY i.id
