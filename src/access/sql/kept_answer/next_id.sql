UPDATE sequence SET next = next + 1 WHERE name = 'kept_answer' RETURNING next - 1
