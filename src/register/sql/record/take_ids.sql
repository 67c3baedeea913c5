UPDATE sequence SET next = next + $2 WHERE name = $1 RETURNING next - $2
