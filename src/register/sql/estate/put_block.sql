INSERT INTO block (reference, name, estate_reference) SELECT $1, $2, reference FROM estate WHERE reference = $3
ON CONFLICT (reference) DO UPDATE SET name = excluded.name, estate_reference = excluded.estate_reference
