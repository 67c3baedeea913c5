INSERT INTO citizen_text (citizen_id, name, address) VALUES ($1, $2, $3)
ON CONFLICT (citizen_id) DO UPDATE SET name = excluded.name, address = excluded.address
WHERE name <> excluded.name OR address <> excluded.address
