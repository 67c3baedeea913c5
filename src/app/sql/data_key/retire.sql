UPDATE data_key SET state = 3, wrapped = x'' WHERE id = $1 AND purpose = 1 AND state = 2
