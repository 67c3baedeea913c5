SELECT at, kind, record FROM (
    SELECT from_at AS at, 1 AS kind, id AS record FROM occupancy WHERE property_id = $1
    UNION ALL
    SELECT to_at, 2, id FROM occupancy WHERE property_id = $1 AND to_at IS NOT NULL
    UNION ALL
    SELECT start_on * 86400000, 3, id FROM tenancy WHERE property_id = $1 AND start_on IS NOT NULL AND $5 = 1
    UNION ALL
    SELECT end_on * 86400000, 4, id FROM tenancy WHERE property_id = $1 AND end_on IS NOT NULL AND $5 = 1
    UNION ALL
    SELECT a.created_at, 5, a.id FROM property h JOIN alert a ON a.uprn = h.uprn WHERE h.id = $1
    UNION ALL
    SELECT created_at, 6, id FROM interaction WHERE $6 = 1 AND id IN (
        SELECT i.id FROM occupancy o JOIN interaction i ON i.person_id = o.person_id
        WHERE o.property_id = $1 AND (o.to_at IS NULL OR i.created_at < o.to_at)
            AND (i.created_at >= o.from_at
                 OR NOT EXISTS (SELECT 1 FROM occupancy e WHERE e.person_id = o.person_id AND e.from_at < o.from_at))
        UNION ALL
        SELECT i.id FROM tenancy t JOIN interaction i ON i.household_id = t.household_id
        WHERE t.property_id = $1 AND i.person_id IS NULL)) event
WHERE at <= $2
ORDER BY at DESC, kind DESC, record DESC LIMIT $3 OFFSET $4
