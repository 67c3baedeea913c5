SELECT version FROM legal_document WHERE type = $1 ORDER BY published_at DESC LIMIT 1
