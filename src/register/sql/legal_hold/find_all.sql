SELECT id, uuid, version, person_id, reason, placed_by, placed_at, lifted_by, lifted_at, row_seal FROM legal_hold
WHERE id IN (SELECT value FROM json_each($1)) ORDER BY id DESC
