SELECT id, uuid, client FROM session WHERE id > $1 ORDER BY id
