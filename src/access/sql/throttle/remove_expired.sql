DELETE FROM login_throttle WHERE key IN (SELECT key FROM login_throttle WHERE forgotten_at < $1 ORDER BY forgotten_at LIMIT 500)
