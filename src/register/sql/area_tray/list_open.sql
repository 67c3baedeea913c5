SELECT i.id
FROM (SELECT i.id, i.created_at AS at, i.created_at, i.incident_id, k.key AS place
      FROM json_each($1) k CROSS JOIN interaction i
      WHERE i.patch_id = k.value AND i.closed_at IS NULL
      UNION ALL
      SELECT i.id, i.created_at, i.created_at, i.incident_id, -1
      FROM interaction i
      WHERE i.manager_area_id = $2 AND i.closed_at IS NULL
        AND (i.patch_id IS NULL OR i.patch_id NOT IN (SELECT value FROM json_each($1)))) i
    CROSS JOIN incident c
WHERE c.id = i.incident_id AND c.request_callback >= $3 AND i.created_at <= $4
ORDER BY i.place * $5, i.at * $6, i.id
LIMIT $7
