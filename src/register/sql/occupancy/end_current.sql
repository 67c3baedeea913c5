UPDATE occupancy SET to_at = $2 WHERE person_id = $1 AND to_at IS NULL
