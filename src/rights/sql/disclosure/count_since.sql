SELECT COUNT(*) FROM disclosure WHERE account_id = $1 AND created_at > $2
