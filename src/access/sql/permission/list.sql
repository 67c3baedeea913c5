SELECT permission FROM role_permission
WHERE role_id = $2 AND permission NOT IN (SELECT permission FROM account_permission WHERE account_id = $1 AND granted = 0)
UNION SELECT permission FROM account_permission WHERE account_id = $1 AND granted = 1
ORDER BY permission
