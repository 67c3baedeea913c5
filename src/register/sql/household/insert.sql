INSERT INTO household (id, uuid, tag_reference, created_at) VALUES ($1, $2, $3, $4)
