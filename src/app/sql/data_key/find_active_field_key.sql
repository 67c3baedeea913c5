SELECT id FROM data_key WHERE purpose = 1 AND state = 1
