SELECT (SELECT coalesce(max(id), 0) FROM person), (SELECT coalesce(max(id), 0) FROM citizen)
