INSERT INTO person_contact (hash, person_id) VALUES ($1, $2) ON CONFLICT (hash, person_id) DO NOTHING
