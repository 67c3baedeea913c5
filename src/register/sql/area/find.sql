SELECT id, name, version, row_seal FROM area WHERE id = $1
