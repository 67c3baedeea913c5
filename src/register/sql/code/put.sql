INSERT INTO code (list, code, label) VALUES ($1, $2, $3) ON CONFLICT (list, code) DO UPDATE SET label = excluded.label
