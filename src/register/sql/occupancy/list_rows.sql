SELECT o.id, o.person_id, o.property_id, o.from_at, o.to_at, o.row_seal,
       (SELECT count(*) FROM occupancy e WHERE e.person_id = o.person_id AND e.id < o.id)
FROM occupancy o WHERE o.id > $1 ORDER BY o.id LIMIT $2
