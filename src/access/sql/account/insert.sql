INSERT INTO account (id, uuid, version, account_type_id, status, role_id, branch_id, email_hash, username_hash, first_name,
                     last_name, email, username, phone, password, row_seal, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17)
