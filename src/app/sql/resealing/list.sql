SELECT table_name, after_id FROM resealing ORDER BY table_name
