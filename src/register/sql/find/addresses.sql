SELECT f.property_id, f.folded FROM property_address_trigram t JOIN property_address f ON f.property_id = t.rowid
WHERE property_address_trigram MATCH $1 AND $2 <> ''
ORDER BY t.rowid
