DELETE FROM session WHERE uuid = $1 RETURNING id, account_id, kind
