SELECT e.id, e.at, e.action, e.outcome, e.account_id, o.uuid, e.resource_id, e.record_version, e.person_id, e.people, e.hash
FROM audit_event e LEFT JOIN origin o ON o.id = e.origin_id ORDER BY e.id
