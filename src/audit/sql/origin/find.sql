SELECT id, uuid FROM origin WHERE address_hash = $1
