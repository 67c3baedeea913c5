INSERT INTO login_throttle (key, failures, blocked_until, forgotten_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, blocked_until = excluded.blocked_until,
    forgotten_at = excluded.forgotten_at
