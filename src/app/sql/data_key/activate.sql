UPDATE data_key SET state = 1 WHERE id = $1 AND purpose = 1 AND state = 0
