INSERT INTO citizen_text (citizen_id, name, address) VALUES ($1, $2, $3)
ON CONFLICT (citizen_id) DO UPDATE SET name = excluded.name, address = excluded.address
WHERE citizen_text.name <> excluded.name OR citizen_text.address <> excluded.address
