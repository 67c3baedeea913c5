INSERT INTO tenancy (id, uuid, version, tag_reference, payment_reference, property_id, household_id, tenure_code, start_on, end_on,
                     terminated, present, current_balance, rent, benefit, direct_debit, account_type, agreement_type,
                     created_at, updated_at, row_seal)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
