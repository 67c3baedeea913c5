SELECT id FROM household WHERE tag_reference = $1
