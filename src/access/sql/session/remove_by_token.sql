DELETE FROM session WHERE token_hash = $1 RETURNING id, account_id, kind
