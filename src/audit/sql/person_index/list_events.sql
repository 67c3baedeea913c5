SELECT id, person_id, people FROM audit_event WHERE id > $1 AND id <= $2 ORDER BY id
