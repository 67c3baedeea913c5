SELECT person_id FROM person_contact WHERE hash = $1 ORDER BY person_id LIMIT 100
