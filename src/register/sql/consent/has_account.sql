SELECT count(*) FROM account WHERE uuid = $1
