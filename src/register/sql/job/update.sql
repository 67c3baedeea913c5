UPDATE job SET version = $3, reference = $4, title = $5, description = $6, status = $7, property_id = $8, row_seal = $9, created_at = $10,
    updated_at = $11, priority_id = $12, job_type_id = $13, agent_id = $14, contractor_id = $15, created_by = $16, total_budget = $17,
    contractor_budget = $18, vat_percentage = $19, works_start_on = $20, works_end_on = $21, invoice_no = $22, quote_no = $23,
    works_order_ref = $24, access_details = $25, private_contact_name = $26, private_contact_email = $27, is_pinned = $28
WHERE id = $1 AND uuid = $2 AND version = $3 - 1
