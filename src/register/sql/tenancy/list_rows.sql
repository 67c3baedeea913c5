SELECT id, uuid, version, tag_reference, payment_reference, property_id, household_id, tenure_code, start_on, end_on,
       terminated, present, current_balance, rent, benefit, direct_debit, account_type, agreement_type, created_at, updated_at,
       row_seal
FROM tenancy WHERE id > $1 ORDER BY id LIMIT $2
