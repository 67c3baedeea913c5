SELECT j.id,
    EXISTS (SELECT 1 FROM job_person l JOIN legal_hold h ON h.person_id = l.person_id
            WHERE l.job_id = j.id AND h.lifted_at IS NULL),
    j.status NOT IN ('Complete', 'Closed', 'Archived')
        AND j.status NOT IN (SELECT label FROM code WHERE list = 'job_status' AND code IN ('5', '6', '7')),
    j.updated_at,
    (SELECT COUNT(*) FROM job_person l WHERE l.job_id = j.id),
    (SELECT COUNT(*) FROM case_note n WHERE n.job_id = j.id)
FROM job j WHERE j.id IN (SELECT value FROM json_each($1))
ORDER BY j.id
