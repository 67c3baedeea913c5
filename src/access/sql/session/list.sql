SELECT s.id, s.uuid, s.kind, s.client, s.created_at, s.last_active_at, s.expires_at, a.id, a.uuid, a.version, a.first_name, a.last_name
FROM session s JOIN account a ON a.id = s.account_id
WHERE s.expires_at > $1 AND ($2 IS NULL OR s.account_id = $2) ORDER BY s.last_active_at DESC, s.id DESC LIMIT $3 OFFSET $4
