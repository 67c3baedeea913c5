UPDATE interaction SET version = $3, incident_id = $4, person_id = $5, household_id = $6, patch_id = $7,
    manager_area_id = $8, area_id = $9, created_by = $10, updated_by = $11, source = $12, nature_of_enquiry = $13,
    enquiry_subject = $14, reason_for_process = $15, subject = $16, advice_given = $17, estate_office = $18,
    process_type = $19, process_stage = $20, transferred = $21, parent_id = $22, association_id = $23, row_seal = $24,
    created_at = $25, updated_at = $26, closed_at = $27
WHERE id = $1 AND uuid = $2 AND version = $3 - 1
