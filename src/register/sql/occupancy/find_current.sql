SELECT count(*), max(id) FILTER (WHERE to_at IS NULL), max(property_id) FILTER (WHERE to_at IS NULL),
       max(from_at) FILTER (WHERE to_at IS NULL), (SELECT row_seal FROM occupancy WHERE person_id = $1 AND to_at IS NULL)
FROM occupancy WHERE person_id = $1
