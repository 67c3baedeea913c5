SELECT (SELECT id FROM person WHERE uuid = $1), (SELECT id FROM household WHERE uuid = $2),
    (SELECT id FROM patch WHERE uuid = $3), (SELECT id FROM manager_area WHERE uuid = $4),
    (SELECT id FROM area WHERE id = $5), (SELECT id FROM officer WHERE uuid = $6),
    (SELECT id FROM interaction WHERE uuid = $7)
