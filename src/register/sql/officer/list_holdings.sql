SELECT officer_id, 0, uuid, name FROM patch WHERE officer_id IN (SELECT value FROM json_each($1))
UNION ALL
SELECT officer_id, 1, uuid, name FROM manager_area WHERE officer_id IN (SELECT value FROM json_each($1))
ORDER BY 1, 2, 4, 3
