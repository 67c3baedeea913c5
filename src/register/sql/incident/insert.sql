INSERT INTO incident (id, uuid, version, ticket_number, person_id, household_id, subject, title, description, resolution,
    request_callback, row_seal, created_at, updated_at, closed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
