INSERT INTO legal_document (type, version, published_at)
VALUES ($1, $2, max($3, coalesce((SELECT max(published_at) + 1 FROM legal_document WHERE type = $1), 0)))
ON CONFLICT (type, version) DO UPDATE SET published_at = excluded.published_at
