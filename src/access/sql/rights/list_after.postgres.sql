SELECT s.id, s.version, s.row_seal,
       (SELECT '[' || coalesce(string_agg('[' || id || ',' || to_json(name) || ',' || level || ']', ',' ORDER BY id), '') || ']' FROM role),
       (SELECT '[' || coalesce(string_agg('[' || role_id || ',' || to_json(permission) || ']', ',' ORDER BY role_id, permission), '')
               || ']' FROM role_permission),
       (SELECT '[' || coalesce(string_agg('[' || account_id || ',' || to_json(permission) || ',' || granted || ']', ','
                                          ORDER BY account_id, permission), '')
               || ']' FROM account_permission)
FROM access_rights s WHERE s.id > $1 ORDER BY s.id
