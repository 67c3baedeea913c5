SELECT account_id FROM session WHERE uuid = $1
