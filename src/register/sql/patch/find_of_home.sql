SELECT h.uprn, h.property_reference, h.postcode, h.ward_id, h.ward_name, a.id, a.name, m.uuid, m.officer_id, p.uuid, p.officer_id, o.uuid
FROM property h
LEFT JOIN patch p ON p.uuid = h.patch_uuid
LEFT JOIN area a ON a.id = p.area_id
LEFT JOIN manager_area m ON m.id = p.manager_area_id
LEFT JOIN officer o ON o.id = p.officer_id
WHERE h.uprn = $1 AND replace(upper(h.postcode), ' ', '') = replace($2, ' ', '')
ORDER BY h.id LIMIT 1
