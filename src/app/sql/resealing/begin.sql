INSERT INTO resealing (table_name, after_id) VALUES ($1, 0)
