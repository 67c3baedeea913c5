UPDATE occupancy SET to_at = $2, row_seal = $3 WHERE id = $1
