SELECT id, at, action, outcome, account_id, origin_id, resource_id, record_version, person_id, people, hash
FROM audit_event WHERE id = $1
