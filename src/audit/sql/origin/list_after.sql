SELECT id, uuid, address FROM origin WHERE id > $1 ORDER BY id
