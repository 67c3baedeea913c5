INSERT INTO signature (id, uuid, image, created_at) VALUES ($1, $2, $3, $4)
