SELECT * FROM job WHERE id IN (SELECT value FROM json_each($1)) ORDER BY is_pinned DESC, id DESC
