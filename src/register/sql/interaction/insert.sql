INSERT INTO interaction (id, uuid, version, incident_id, person_id, household_id, patch_id, manager_area_id, area_id,
    created_by, updated_by, source, nature_of_enquiry, enquiry_subject, reason_for_process, subject, advice_given,
    estate_office, process_type, process_stage, transferred, parent_id, association_id, row_seal, created_at, updated_at,
    closed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
    $25, $26, $27)
