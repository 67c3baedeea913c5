UPDATE account SET version = $2, account_type_id = $3, status = $4, role_id = $5, branch_id = $6, email_hash = $7,
    username_hash = $8, first_name = $9, last_name = $10, email = $11, username = $12, phone = $13, password = $14,
    row_seal = $15, updated_at = $16
WHERE id = $1 AND version = $2 - 1
