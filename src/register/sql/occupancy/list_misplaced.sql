SELECT p.id FROM person p LEFT JOIN occupancy o ON o.person_id = p.id AND o.to_at IS NULL
WHERE o.property_id IS DISTINCT FROM p.property_id ORDER BY p.id
