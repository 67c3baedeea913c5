SELECT i.*, c.*, n.label, e.label, r.label, p.name, m.name, s.name
FROM interaction i JOIN incident c ON c.id = i.incident_id
    LEFT JOIN code n ON n.list = 'nature_of_enquiry' AND n.code = i.nature_of_enquiry
    LEFT JOIN code e ON e.list = 'enquiry_subject' AND e.code = i.enquiry_subject
    LEFT JOIN code r ON r.list = 'reason_for_process' AND r.code = CAST(i.reason_for_process AS TEXT)
    LEFT JOIN patch p ON p.id = i.patch_id
    LEFT JOIN manager_area m ON m.id = i.manager_area_id
    LEFT JOIN association s ON s.id = i.association_id
WHERE i.id IN (SELECT value FROM json_each($1))
