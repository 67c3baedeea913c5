SELECT o.id, o.uuid, p.uuid, p.area_id, above.uuid, m.uuid, m.area_id
FROM officer o
LEFT JOIN patch p ON p.id = (
    SELECT held.id FROM patch held WHERE held.officer_id = o.id AND held.active = 1 ORDER BY held.name, held.id LIMIT 1)
LEFT JOIN manager_area above ON above.id = p.manager_area_id
LEFT JOIN manager_area m ON m.id = (
    SELECT held.id FROM manager_area held WHERE held.officer_id = o.id AND held.active = 1 ORDER BY held.name, held.id LIMIT 1)
WHERE o.account_id = $1 AND o.active = 1
