DELETE FROM resealing WHERE table_name = $1 AND after_id = $2
