UPDATE resealing SET after_id = $2 WHERE table_name = $1
