INSERT INTO area (id, name, version, row_seal) VALUES ($1, $2, $3, $4)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, version = excluded.version, row_seal = excluded.row_seal
