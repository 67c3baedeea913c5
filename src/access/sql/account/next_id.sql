UPDATE sequence SET next = next + 1 WHERE name = 'account' RETURNING next - 1
