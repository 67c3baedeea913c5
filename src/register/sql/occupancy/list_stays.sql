SELECT p.*, o.from_at, o.to_at FROM occupancy o JOIN person_row p ON p.id = o.person_id
WHERE o.property_id = $1 AND o.from_at < $3 AND (o.to_at IS NULL OR o.to_at > $2)
ORDER BY o.from_at, o.id LIMIT $4
