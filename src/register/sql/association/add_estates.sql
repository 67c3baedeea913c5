INSERT INTO association_estate (estate_reference, association_id, estate_name)
SELECT wanted.value, $1, coalesce(e.name, '') FROM json_each($2) wanted LEFT JOIN estate e ON e.reference = wanted.value
WHERE true
ON CONFLICT (estate_reference) DO UPDATE SET estate_name = excluded.estate_name WHERE association_id = excluded.association_id
