SELECT id, uuid, version, tag_reference, created_at, row_seal FROM household WHERE tag_reference = $1
