SELECT id FROM interaction
WHERE manager_area_id = (SELECT id FROM manager_area WHERE uuid = $1) AND closed_at IS NULL
UNION ALL
SELECT id FROM interaction
WHERE manager_area_id = (SELECT id FROM manager_area WHERE uuid = $1) AND closed_at >= $2
