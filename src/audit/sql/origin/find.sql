SELECT id FROM origin WHERE address_hash = $1
