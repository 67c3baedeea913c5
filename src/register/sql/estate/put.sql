INSERT INTO estate (reference, name) VALUES ($1, $2) ON CONFLICT (reference) DO UPDATE SET name = excluded.name
