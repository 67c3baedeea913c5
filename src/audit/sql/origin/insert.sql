INSERT INTO origin (uuid, address_hash, address) VALUES ($1, $2, $3) RETURNING id
