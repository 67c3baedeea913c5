UPDATE officer SET active = $2, updated_at = $3, row_seal = $4 WHERE id = $1
