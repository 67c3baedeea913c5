UPDATE sequence SET next = $2 WHERE name = $1
