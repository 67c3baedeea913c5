SELECT id FROM interaction
WHERE closed_at IS NULL AND id IN (
    SELECT i.id FROM person p JOIN interaction i ON i.person_id = p.id WHERE p.property_id = $1
    UNION ALL
    SELECT i.id FROM person p JOIN interaction i ON i.household_id = p.household_id WHERE p.property_id = $1)
ORDER BY id LIMIT $2
