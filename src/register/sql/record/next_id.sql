UPDATE sequence SET next = next + 1 WHERE name = $1 RETURNING next - 1
