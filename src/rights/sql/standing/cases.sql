SELECT n.id,
    EXISTS (SELECT 1 FROM legal_hold h WHERE h.person_id = n.person_id AND h.lifted_at IS NULL)
        OR EXISTS (SELECT 1 FROM interaction i JOIN legal_hold h ON h.person_id = i.person_id
                   WHERE i.incident_id = n.id AND h.lifted_at IS NULL),
    n.closed_at IS NULL OR EXISTS (SELECT 1 FROM interaction i WHERE i.incident_id = n.id AND i.closed_at IS NULL),
    max(coalesce(n.closed_at, 0), coalesce((SELECT MAX(i.closed_at) FROM interaction i WHERE i.incident_id = n.id), 0)),
    (SELECT COUNT(*) FROM interaction i WHERE i.incident_id = n.id),
    (SELECT COUNT(*) FROM incident_note m WHERE m.incident_id = n.id),
    (n.person_id = $2) IS TRUE,
    (SELECT COUNT(*) FROM interaction i WHERE i.incident_id = n.id AND i.person_id = $2),
    (n.person_id <> $2) IS TRUE
        OR EXISTS (SELECT 1 FROM interaction i WHERE i.incident_id = n.id AND (i.person_id <> $2 OR i.association_id IS NOT NULL)),
    EXISTS (SELECT 1 FROM interaction i JOIN interaction c ON c.parent_id = i.id
            WHERE i.incident_id = n.id AND c.incident_id <> n.id)
FROM incident n WHERE n.id IN (SELECT value FROM json_each($1))
ORDER BY n.id
