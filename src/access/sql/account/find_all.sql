SELECT a.id, a.uuid, a.version, a.account_type_id, a.status, a.role_id, r.name, r.level, a.branch_id, a.first_name, a.last_name, a.email,
       a.username, a.phone, a.password, a.row_seal, a.created_at, a.updated_at
FROM account a JOIN role r ON r.id = a.role_id
WHERE a.id IN (SELECT value FROM json_each($1))
