DELETE FROM account_permission WHERE account_id = $1
