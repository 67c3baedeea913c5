SELECT f.property_id FROM property_address_trigram t JOIN property_address f ON f.property_id = t.rowid
WHERE property_address_trigram MATCH $1
  AND instr(f.folded, $2) > 0 AND instr(f.folded, $3) > 0 AND instr(f.folded, $4) > 0 AND instr(f.folded, $5) > 0
  AND instr(f.folded, $6) > 0
ORDER BY t.rowid LIMIT $7
