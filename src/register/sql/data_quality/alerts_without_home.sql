SELECT a.id, a.person_id FROM alert a CROSS JOIN person p
WHERE p.id = a.person_id AND a.id > $1 AND a.id <= $2 AND p.property_id IS NULL ORDER BY a.id LIMIT $3
