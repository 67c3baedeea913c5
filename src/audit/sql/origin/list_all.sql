SELECT id, uuid FROM origin
