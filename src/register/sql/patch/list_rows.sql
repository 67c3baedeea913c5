SELECT id, uuid, version, name, area_id, manager_area_id, officer_id, active, updated_by, created_at, updated_at, row_seal
FROM patch WHERE id > $1 ORDER BY id LIMIT $2
