SELECT id FROM interaction WHERE patch_id = (SELECT id FROM patch WHERE uuid = $1) AND closed_at IS NULL
UNION ALL
SELECT id FROM interaction WHERE patch_id = (SELECT id FROM patch WHERE uuid = $1) AND closed_at >= $2
