SELECT count(*) FROM account WHERE id = $1 AND account_type_id = $2 AND status = 1
