SELECT id, name, level FROM role ORDER BY id
