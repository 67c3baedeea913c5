SELECT COUNT(*) FROM disclosure WHERE person_id = $1 AND reason IS NOT NULL
