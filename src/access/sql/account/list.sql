SELECT a.id, a.uuid, a.version, a.account_type_id, a.status, a.role_id, r.name, r.level, a.branch_id, a.first_name, a.last_name, a.email,
       a.username, a.phone, a.password, a.row_seal, a.created_at, a.updated_at
FROM account a LEFT JOIN role r ON r.id = a.role_id WHERE $1 IS NULL OR a.account_type_id = $1
ORDER BY a.id
