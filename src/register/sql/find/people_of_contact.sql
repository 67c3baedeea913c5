SELECT c.person_id FROM person_contact c WHERE c.hash = $1 ORDER BY c.person_id LIMIT $2
