SELECT (SELECT count(*) FROM occupancy WHERE person_id = $1), o.id, o.property_id, o.from_at, o.row_seal,
       (SELECT count(*) FROM occupancy e WHERE e.person_id = $1 AND e.id < o.id)
FROM (SELECT 1) LEFT JOIN occupancy o ON o.person_id = $1 AND o.to_at IS NULL
