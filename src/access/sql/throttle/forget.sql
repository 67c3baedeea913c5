DELETE FROM login_throttle WHERE key = $1
