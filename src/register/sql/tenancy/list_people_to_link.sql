SELECT id FROM person WHERE tenancy_id = $1 AND household_id IS DISTINCT FROM $2
UNION ALL
SELECT p.id FROM household h JOIN person p ON p.household_id = h.id WHERE h.tag_reference = $3 AND p.tenancy_id IS NULL
