SELECT p.id, p.uuid, p.version, p.created_at, p.household_id, p.tenancy_id,
    EXISTS (SELECT 1 FROM legal_hold h WHERE h.person_id = p.id AND h.lifted_at IS NULL),
    p.property_id IS NOT NULL OR EXISTS (SELECT 1 FROM occupancy o WHERE o.person_id = p.id AND o.to_at IS NULL),
    (SELECT MAX(o.to_at) FROM occupancy o WHERE o.person_id = p.id),
    (t.terminated = 0 OR t.present = 1) IS TRUE, (t.current_balance > 0) IS TRUE, t.end_on, t.updated_at,
    EXISTS (SELECT 1 FROM job_person l JOIN job j ON j.id = l.job_id
            WHERE l.person_id = p.id AND j.status NOT IN ('Complete', 'Closed', 'Archived')
              AND j.status NOT IN (SELECT label FROM code WHERE list = 'job_status' AND code IN ('5', '6', '7'))),
    (SELECT MAX(j.updated_at) FROM job_person l JOIN job j ON j.id = l.job_id WHERE l.person_id = p.id),
    EXISTS (SELECT 1 FROM incident n WHERE n.person_id = p.id AND n.closed_at IS NULL)
        OR EXISTS (SELECT 1 FROM incident n JOIN interaction i ON i.incident_id = n.id
                   WHERE n.person_id = p.id AND i.closed_at IS NULL)
        OR EXISTS (SELECT 1 FROM interaction i JOIN incident n ON n.id = i.incident_id
                   WHERE i.person_id = p.id AND (i.closed_at IS NULL OR n.closed_at IS NULL))
        OR EXISTS (SELECT 1 FROM interaction i JOIN interaction s ON s.incident_id = i.incident_id
                   WHERE i.person_id = p.id AND s.closed_at IS NULL),
    (SELECT MAX(d.at) FROM (
        SELECT n.closed_at AS at FROM incident n WHERE n.person_id = p.id
        UNION ALL SELECT i.closed_at FROM incident n JOIN interaction i ON i.incident_id = n.id WHERE n.person_id = p.id
        UNION ALL SELECT n.closed_at FROM interaction i JOIN incident n ON n.id = i.incident_id WHERE i.person_id = p.id
        UNION ALL SELECT s.closed_at FROM interaction i JOIN interaction s ON s.incident_id = i.incident_id
            WHERE i.person_id = p.id) d),
    max(p.updated_at,
        coalesce((SELECT MAX(n.updated_at) FROM incident n WHERE n.person_id = p.id), 0),
        coalesce((SELECT MAX(i.updated_at) FROM interaction i WHERE i.person_id = p.id), 0),
        coalesce((SELECT MAX(j.updated_at) FROM job_person l JOIN job j ON j.id = l.job_id WHERE l.person_id = p.id), 0))
FROM person p LEFT JOIN tenancy t ON t.id = p.tenancy_id
WHERE p.id IN (SELECT value FROM json_each($1))
ORDER BY p.id
