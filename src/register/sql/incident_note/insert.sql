INSERT INTO incident_note (id, uuid, version, incident_id, text, row_seal, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
