SELECT reference, name FROM block WHERE estate_reference = $1 ORDER BY reference
