UPDATE disclosure SET reason = NULL, row_seal = $2 WHERE id = $1
