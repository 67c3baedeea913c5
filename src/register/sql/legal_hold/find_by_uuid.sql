SELECT id, uuid, version, person_id, reason, placed_by, placed_at, lifted_by, lifted_at, row_seal FROM legal_hold WHERE uuid = $1
