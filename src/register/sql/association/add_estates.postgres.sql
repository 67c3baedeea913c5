INSERT INTO association_estate (estate_reference, association_id, estate_name)
SELECT wanted.value, $1, coalesce(e.name, '')
FROM json_array_elements_text($2::json) wanted (value) LEFT JOIN estate e ON e.reference = wanted.value
ON CONFLICT (estate_reference) DO UPDATE SET estate_name = excluded.estate_name
WHERE association_estate.association_id = excluded.association_id
