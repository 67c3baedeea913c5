UPDATE data_key SET state = 3, wrapped = substr(wrapped, 1, 0) WHERE id = $1 AND purpose = 1 AND state = 2
