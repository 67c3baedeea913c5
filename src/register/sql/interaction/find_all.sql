SELECT i.*, c.*, h.uuid, p.uuid, p.officer_id, m.uuid, m.officer_id, a.name, q.uuid, o.uuid, u.uuid, n.label, e.label, s.label
FROM interaction i JOIN incident c ON c.id = i.incident_id
    LEFT JOIN household h ON h.id = i.household_id
    LEFT JOIN patch p ON p.id = i.patch_id
    LEFT JOIN manager_area m ON m.id = i.manager_area_id
    LEFT JOIN area a ON a.id = i.area_id
    LEFT JOIN interaction q ON q.id = i.parent_id
    LEFT JOIN officer o ON o.id = i.created_by
    LEFT JOIN officer u ON u.id = i.updated_by
    LEFT JOIN code n ON n.list = 'nature_of_enquiry' AND n.code = i.nature_of_enquiry
    LEFT JOIN code e ON e.list = 'enquiry_subject' AND e.code = i.enquiry_subject
    LEFT JOIN code s ON s.list = 'source' AND s.code = i.source
WHERE i.id IN (SELECT value FROM json_each($1))
ORDER BY i.id
