INSERT INTO occupancy (person_id, property_id, from_at) VALUES ($1, $2, $3)
