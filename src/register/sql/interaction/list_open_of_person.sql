SELECT id FROM interaction WHERE person_id = $1 AND closed_at IS NULL ORDER BY id DESC LIMIT $2
