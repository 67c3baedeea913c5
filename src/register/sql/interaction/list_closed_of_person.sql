SELECT id FROM interaction WHERE person_id = $1 AND closed_at IS NOT NULL ORDER BY id DESC LIMIT $2
