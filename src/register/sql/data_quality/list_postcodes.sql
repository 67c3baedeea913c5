SELECT id, postcode FROM property WHERE id > $1 AND id <= $2 ORDER BY id
