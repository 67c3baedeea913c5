SELECT a.id, k.uuid, k.area_id, m.uuid, o.id, o.uuid
FROM property a JOIN patch k ON k.uuid = a.patch_uuid LEFT JOIN manager_area m ON m.id = k.manager_area_id
     LEFT JOIN officer o ON o.id = k.officer_id
WHERE a.id IN (SELECT value FROM json_each($1))
