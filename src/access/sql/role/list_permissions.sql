SELECT permission FROM role_permission WHERE role_id = $1 ORDER BY permission
