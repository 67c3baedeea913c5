INSERT INTO manager_area (id, uuid, version, name, area_id, officer_id, active, updated_by, created_at, updated_at, row_seal)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10)
