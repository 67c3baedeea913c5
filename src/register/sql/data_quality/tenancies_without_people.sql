SELECT t.id, t.id FROM tenancy t
WHERE t.id > $1 AND t.id <= $2 AND t.present = 1 AND NOT EXISTS (SELECT 1 FROM person p WHERE p.tenancy_id = t.id)
ORDER BY t.id LIMIT $3
