SELECT a.id, a.person_id FROM alert a JOIN person p ON p.id = a.person_id
WHERE a.id > $1 AND a.id <= $2 AND p.property_id IS NULL ORDER BY a.id LIMIT $3
