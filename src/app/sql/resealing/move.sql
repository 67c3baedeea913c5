UPDATE resealing SET after_id = $3 WHERE table_name = $1 AND after_id = $2
