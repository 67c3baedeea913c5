UPDATE legal_hold SET version = $2, reason = $3, lifted_by = $4, lifted_at = $5, row_seal = $6 WHERE id = $1 AND version = $2 - 1
