SELECT e.id, e.at, e.action, e.outcome, e.account_id, e.resource_id, e.person_id, o.uuid, o.address
FROM audit_event e LEFT JOIN origin o ON o.id = e.origin_id
WHERE e.id IN (SELECT value FROM json_each($1)) ORDER BY e.id DESC
