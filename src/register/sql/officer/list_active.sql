SELECT o.id, o.uuid, o.active, o.created_at, o.updated_at, o.row_seal, a.id, a.uuid, a.version, a.account_type_id, a.status, a.role_id, r.name, r.level,
       a.branch_id, a.first_name, a.last_name, a.email, a.username, a.phone, a.password, a.row_seal, a.created_at, a.updated_at
FROM officer o JOIN account a ON a.id = o.account_id JOIN role r ON r.id = a.role_id
WHERE o.active = 1
