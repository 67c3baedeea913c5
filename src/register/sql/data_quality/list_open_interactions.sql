SELECT id, created_at FROM (
    SELECT i.id, i.created_at FROM area a CROSS JOIN interaction i
    WHERE i.area_id = a.id AND i.closed_at IS NULL LIMIT $1) found
