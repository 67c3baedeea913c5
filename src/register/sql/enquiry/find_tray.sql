SELECT n.id, n.household_id, p.id, p.name, p.officer_id, m.id, m.name, m.officer_id, coalesce(p.area_id, m.area_id)
FROM person n
LEFT JOIN property h ON h.id = n.property_id
LEFT JOIN patch p ON p.uuid = coalesce((SELECT own.uuid FROM patch own WHERE own.uuid = h.patch_uuid AND own.active = 1), $2)
LEFT JOIN manager_area m ON m.active = 1
    AND m.id = coalesce(p.manager_area_id, (SELECT id FROM manager_area WHERE uuid = $3))
WHERE n.uuid = $1
