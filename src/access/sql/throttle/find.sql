SELECT failures, blocked_until FROM login_throttle WHERE key = $1 AND forgotten_at > $2
