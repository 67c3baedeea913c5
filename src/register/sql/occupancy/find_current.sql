SELECT count(*), max(id) FILTER (WHERE to_at IS NULL), max(property_id) FILTER (WHERE to_at IS NULL),
       max(from_at) FILTER (WHERE to_at IS NULL), max(row_seal) FILTER (WHERE to_at IS NULL)
FROM occupancy WHERE person_id = $1
