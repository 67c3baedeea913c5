UPDATE access_rights SET version = $2, row_seal = $3 WHERE id = $1
