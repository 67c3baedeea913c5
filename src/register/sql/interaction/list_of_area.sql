SELECT id FROM interaction WHERE area_id = $1 AND closed_at IS NULL AND person_id IS NOT NULL
UNION ALL
SELECT id FROM interaction WHERE area_id = $1 AND closed_at >= $2 AND person_id IS NOT NULL
