SELECT id, uuid, image FROM signature ORDER BY id
