DELETE FROM issue WHERE interaction_id = $1
