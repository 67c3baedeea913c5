INSERT INTO audit_event (id, at, action, outcome, account_id, origin_id, resource_id, record_version, person_id, people, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
