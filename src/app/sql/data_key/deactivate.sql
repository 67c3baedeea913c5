UPDATE data_key SET state = 2 WHERE purpose = 1 AND state = 1
