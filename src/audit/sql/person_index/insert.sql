INSERT INTO event_of_person (person_id, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
