INSERT INTO occupancy (person_id, property_id, from_at, row_seal) VALUES ($1, $2, $3, $4)
