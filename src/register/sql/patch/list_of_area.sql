SELECT m.id, m.uuid, m.name, m.officer_id, manager.uuid, p.uuid, p.name, p.officer_id, o.uuid
FROM patch p
JOIN officer o ON o.id = p.officer_id
JOIN manager_area m ON m.id = p.manager_area_id AND m.active = 1
LEFT JOIN officer manager ON manager.id = m.officer_id
WHERE p.area_id = $1 AND p.active = 1
ORDER BY p.name, p.id
