SELECT i.id, c.request_callback, i.transferred
FROM (SELECT id FROM interaction
      WHERE patch_id IN (SELECT id FROM patch WHERE officer_id = $1 AND active = 1) AND closed_at IS NULL
      UNION
      SELECT id FROM interaction
      WHERE manager_area_id IN (SELECT id FROM manager_area WHERE officer_id = $1 AND active = 1) AND closed_at IS NULL) mine
CROSS JOIN interaction i CROSS JOIN incident c
WHERE i.id = mine.id AND c.id = i.incident_id
ORDER BY c.request_callback DESC, i.transferred DESC, i.created_at, i.id LIMIT $2
