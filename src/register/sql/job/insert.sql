INSERT INTO job (id, uuid, version, reference, title, description, status, property_id, row_seal, created_at, updated_at, priority_id,
                 job_type_id, agent_id, contractor_id, created_by, total_budget, contractor_budget, vat_percentage, works_start_on,
                 works_end_on, invoice_no, quote_no, works_order_ref, access_details, private_contact_name, private_contact_email,
                 is_pinned)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)
ON CONFLICT (reference) DO NOTHING
