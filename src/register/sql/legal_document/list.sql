SELECT type, version, published_at FROM legal_document ORDER BY type, published_at DESC
