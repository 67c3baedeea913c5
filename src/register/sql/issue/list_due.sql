SELECT i.id, coalesce(p.officer_id, i.created_by), coalesce(m.officer_id, above.officer_id)
FROM issue s JOIN interaction i ON i.id = s.interaction_id
    LEFT JOIN patch p ON p.id = i.patch_id
    LEFT JOIN manager_area m ON m.id = i.manager_area_id
    LEFT JOIN manager_area above ON above.id = p.manager_area_id
WHERE s.deadline_on = $1 AND i.process_stage = 0 AND i.closed_at IS NULL
ORDER BY s.interaction_id
