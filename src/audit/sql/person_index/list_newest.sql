SELECT event_id FROM event_of_person WHERE person_id = $1 ORDER BY event_id DESC LIMIT $2 OFFSET $3
