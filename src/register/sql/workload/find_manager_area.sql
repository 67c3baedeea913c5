SELECT m.id, m.uuid, m.version, m.name, a.name, m.officer_id, o.uuid,
    (SELECT count(*) FROM patch p WHERE p.manager_area_id = m.id AND p.active = 1)
FROM manager_area m JOIN area a ON a.id = m.area_id LEFT JOIN officer o ON o.id = m.officer_id
WHERE m.uuid = $1
