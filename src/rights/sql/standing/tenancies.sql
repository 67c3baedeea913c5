SELECT t.id,
    EXISTS (SELECT 1 FROM person p JOIN legal_hold h ON h.person_id = p.id
            WHERE p.tenancy_id = t.id AND h.lifted_at IS NULL),
    t.terminated = 0 OR t.present = 1, (t.current_balance > 0) IS TRUE, t.end_on, t.updated_at,
    (SELECT COUNT(*) FROM person p WHERE p.tenancy_id = t.id)
FROM tenancy t WHERE t.id IN (SELECT value FROM json_each($1))
ORDER BY t.id
