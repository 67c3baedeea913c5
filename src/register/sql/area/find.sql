SELECT name FROM area WHERE id = $1
