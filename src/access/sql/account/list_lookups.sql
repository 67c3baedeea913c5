SELECT id, email_hash, username_hash FROM account ORDER BY id
