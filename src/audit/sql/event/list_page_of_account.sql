SELECT e.id, e.at, e.action, e.outcome, e.account_id, e.resource_id, o.uuid, o.address
FROM audit_event e LEFT JOIN origin o ON o.id = e.origin_id
WHERE e.account_id = $9 AND e.at >= $1 AND e.at < $2 AND ($3 IS NULL OR e.action = $3)
  AND ($6 IS NULL OR substr(e.action, 1, length($6) + 1) = $6 || '.') AND ($7 IS NULL OR e.resource_id = $7)
  AND ($8 IS NULL OR e.outcome = $8)
ORDER BY e.id DESC LIMIT $4 OFFSET $5
