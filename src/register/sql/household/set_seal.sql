UPDATE household SET row_seal = $2 WHERE id = $1
