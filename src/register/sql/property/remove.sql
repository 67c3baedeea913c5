DELETE FROM property WHERE id = $1
