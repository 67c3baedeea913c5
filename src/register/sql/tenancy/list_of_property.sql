SELECT t.id, t.uuid, t.version, t.tag_reference, t.payment_reference, t.property_id, t.household_id, t.tenure_code, t.start_on,
       t.end_on, t.terminated, t.present, t.current_balance, t.rent, t.benefit, t.direct_debit, t.account_type,
       t.agreement_type, t.created_at, t.updated_at, t.row_seal, a.property_reference, a.house_reference, h.uuid
FROM tenancy t LEFT JOIN property a ON a.id = t.property_id LEFT JOIN household h ON h.id = t.household_id
WHERE t.property_id = $1 ORDER BY t.present DESC, t.start_on DESC NULLS LAST, t.id DESC LIMIT $2
