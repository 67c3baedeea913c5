SELECT id, uuid, version, name, area_id, officer_id, active, updated_by, created_at, updated_at, row_seal
FROM manager_area WHERE uuid = $1
