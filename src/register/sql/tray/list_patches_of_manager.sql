SELECT p.uuid, p.name, p.officer_id, count(i.id), coalesce(sum(c.request_callback), 0), min(i.created_at)
FROM patch p LEFT JOIN interaction i ON i.patch_id = p.id AND i.closed_at IS NULL
    LEFT JOIN incident c ON c.id = i.incident_id
WHERE p.manager_area_id IN (SELECT id FROM manager_area WHERE officer_id = $1 AND active = 1) AND p.active = 1
GROUP BY p.id ORDER BY p.name, p.id
