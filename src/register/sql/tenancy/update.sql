UPDATE tenancy SET version = $3, tag_reference = $4, payment_reference = $5, property_id = $6, household_id = $7,
    tenure_code = $8, start_on = $9, end_on = $10, terminated = $11, present = $12, current_balance = $13, rent = $14,
    benefit = $15, direct_debit = $16, account_type = $17, agreement_type = $18, created_at = $19, updated_at = $20,
    row_seal = $21
WHERE id = $1 AND uuid = $2 AND version = $3 - 1
