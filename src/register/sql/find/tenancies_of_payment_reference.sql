SELECT id FROM tenancy WHERE payment_reference >= $1 AND payment_reference < $2 ORDER BY payment_reference LIMIT $3
