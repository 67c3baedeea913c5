UPDATE association SET version = $2, name = $3, area_id = $4, patch_uuid = $5, email = $6, notes = $7, row_seal = $8, updated_at = $9
WHERE id = $1 AND version = $2 - 1
