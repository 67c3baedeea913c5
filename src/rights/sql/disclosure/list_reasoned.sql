SELECT id, uuid, version, person_id, account_id, format, with_checked, created_at FROM disclosure
WHERE person_id = $1 AND reason IS NOT NULL
ORDER BY id
