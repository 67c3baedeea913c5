UPDATE sequence SET next = next + 1 WHERE name = 'data_key' AND next = $1
