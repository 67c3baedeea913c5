SELECT o.id, o.uuid, o.active, o.created_at, o.updated_at, o.row_seal, a.id, a.uuid, a.version, a.account_type_id, a.status, a.role_id, r.name, r.level,
       a.branch_id, a.first_name, a.last_name, a.email, a.username, a.phone, a.password, a.row_seal, a.created_at, a.updated_at
FROM officer o JOIN account a ON a.id = o.account_id JOIN role r ON r.id = a.role_id
WHERE r.name IN ('officer', 'manager')
  AND (r.name = 'manager') <> EXISTS (SELECT 1 FROM manager_area m WHERE m.officer_id = o.id AND m.active = 1)
ORDER BY o.id
