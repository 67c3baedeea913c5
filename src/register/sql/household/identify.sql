UPDATE household SET uuid = $2 WHERE id = $1
