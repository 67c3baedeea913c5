SELECT s.id, s.uuid, s.kind, s.last_active_at, s.expires_at, a.id, a.uuid, a.status, a.account_type_id, a.role_id, r.level,
       s.password_at,
       COALESCE((SELECT p.granted FROM account_permission p WHERE p.account_id = a.id AND p.permission = $2),
                (SELECT count(*) FROM role_permission p WHERE p.role_id = a.role_id AND p.permission = $2)),
       COALESCE((SELECT p.granted FROM account_permission p WHERE p.account_id = a.id AND p.permission = $3),
                (SELECT count(*) FROM role_permission p WHERE p.role_id = a.role_id AND p.permission = $3))
FROM session s JOIN account a ON a.id = s.account_id JOIN role r ON r.id = a.role_id
WHERE s.token_hash = $1
