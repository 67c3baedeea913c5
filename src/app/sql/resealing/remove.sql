DELETE FROM resealing WHERE table_name = $1
