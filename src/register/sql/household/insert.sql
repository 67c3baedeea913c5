INSERT INTO household (id, uuid, version, tag_reference, created_at, row_seal) VALUES ($1, $2, $3, $4, $5, $6)
