UPDATE retention_rule SET months = $2, updated_at = $3 WHERE what = $1
