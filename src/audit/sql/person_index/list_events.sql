SELECT id, person_id, people FROM audit_event WHERE id > $1 ORDER BY id
