SELECT id, uuid, version, person_id, uprn, type_code, row_seal, created_at FROM alert WHERE uuid = $1
