SELECT p.id, p.uuid, p.version, p.name, p.officer_id, o.uuid,
    (SELECT count(*) FROM property h WHERE h.patch_uuid = p.uuid),
    (SELECT count(*) FROM property h JOIN tenancy t ON t.property_id = h.id WHERE h.patch_uuid = p.uuid AND t.present = 1),
    (SELECT count(*) FROM property h JOIN alert a ON a.uprn = h.uprn WHERE h.patch_uuid = p.uuid),
    (SELECT count(*) FROM interaction i WHERE i.patch_id = p.id AND i.closed_at IS NULL),
    (SELECT count(*) FROM interaction i JOIN incident c ON c.id = i.incident_id
     WHERE i.patch_id = p.id AND i.closed_at IS NULL AND c.request_callback = 1),
    (SELECT min(i.created_at) FROM interaction i WHERE i.patch_id = p.id AND i.closed_at IS NULL)
FROM patch p LEFT JOIN officer o ON o.id = p.officer_id
WHERE p.id IN (SELECT value FROM json_each($1))
