UPDATE disclosure SET version = $2, reason = NULL, row_seal = $3 WHERE id = $1
