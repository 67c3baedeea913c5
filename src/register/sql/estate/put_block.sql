INSERT INTO block (reference, name, estate_reference) VALUES ($1, $2, $3)
ON CONFLICT (reference) DO UPDATE SET name = excluded.name, estate_reference = excluded.estate_reference
