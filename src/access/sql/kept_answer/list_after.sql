SELECT id, uuid, answer FROM kept_answer WHERE id > $1 ORDER BY id
