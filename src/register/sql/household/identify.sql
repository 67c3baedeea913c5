UPDATE household SET uuid = $2, version = $3, row_seal = $4 WHERE id = $1
