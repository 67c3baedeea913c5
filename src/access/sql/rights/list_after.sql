SELECT s.id, s.version, s.row_seal,
       (SELECT json_group_array(json_array(id, name, level)) FROM (SELECT id, name, level FROM role ORDER BY id)),
       (SELECT json_group_array(json_array(role_id, permission))
        FROM (SELECT role_id, permission FROM role_permission ORDER BY role_id, permission)),
       (SELECT json_group_array(json_array(account_id, permission, granted))
        FROM (SELECT account_id, permission, granted FROM account_permission ORDER BY account_id, permission))
FROM access_rights s WHERE s.id > $1 ORDER BY s.id
