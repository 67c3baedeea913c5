UPDATE sequence SET next = next + 1 WHERE name = 'session' RETURNING next - 1
