UPDATE area SET row_seal = $2 WHERE id = $1
