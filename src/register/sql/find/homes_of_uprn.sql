SELECT id FROM property WHERE uprn = $1 ORDER BY id LIMIT $2
