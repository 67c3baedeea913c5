SELECT id FROM consent WHERE email_hash = $1 ORDER BY id DESC LIMIT $2
