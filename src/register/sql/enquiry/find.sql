SELECT i.id, p.name, m.name
FROM interaction i
LEFT JOIN patch p ON p.id = i.patch_id
LEFT JOIN manager_area m ON m.id = i.manager_area_id
WHERE i.uuid = $1
