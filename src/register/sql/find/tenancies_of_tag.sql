SELECT id FROM tenancy WHERE tag_reference >= $1 AND tag_reference < $2 ORDER BY tag_reference LIMIT $3
