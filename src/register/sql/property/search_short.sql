SELECT f.property_id FROM property_address f
WHERE instr(f.folded, $1) > 0 AND instr(f.folded, $2) > 0 AND instr(f.folded, $3) > 0 AND instr(f.folded, $4) > 0
  AND instr(f.folded, $5) > 0
ORDER BY f.property_id LIMIT $6
