SELECT id, uuid, version, person_id, account_id, format, with_checked, reason, row_seal, created_at
FROM disclosure WHERE id > $1 ORDER BY id
