SELECT id, uuid, image FROM signature
WHERE id > $1 ORDER BY id
